import type { Say } from '../words/use-words.ts';
import type { Candidate } from './case.ts';

/** How a record stands to what the person gave: what differs, else what nobody could compare. */
export function matchInWords({ fields }: Pick<Candidate, 'fields'>, say: Say): string {
  const count = (wanted: Candidate['fields'][number]['verdict']) =>
    fields.filter(({ verdict }) => verdict === wanted).length;
  if (count('differs') > 0) return say('case.differ', { smart_count: count('differs') });
  return count('missing') === 0 ? say('case.allMatch') : say('case.givenMatch', { smart_count: count('missing') });
}
