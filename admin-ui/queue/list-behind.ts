import type { CaseKind } from '../../domain/case.ts';
import type { WordKey } from '../words/catalogue.ts';
import type { WorklistView } from './worklist.ts';

interface ListBehind {
  /** The path of its screen, alone and with the view. */
  screen: '/queue' | '/registrations';
  path: string;
  /** Going back there, in words. */
  word: WordKey;
}

/** Where a case leads back to: the list one came from, else the list of its kind. */
export function listBehind(kind: CaseKind, view: WorklistView | undefined): ListBehind {
  const [screen, ofBoard] = view?.split('.') ?? [kind === 'registration' ? 'registrations' : 'queue'];
  if (screen !== 'registrations') return { screen: '/queue', path: '/queue', word: 'case.back' };
  const path = ofBoard ? `/registrations?view=${ofBoard}` : '/registrations';
  return { screen: '/registrations', path, word: 'registrations.back' };
}
