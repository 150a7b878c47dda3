import { deliveries } from '../cases/MessagesTab.tsx';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { Mail } from './mails.ts';

const reasons = [
  [/^5\d\d address\b|mailbox/i, 'address'],
  [/^5\d\d policy\b/, 'policy'],
  [/^5\d\d\b/, 'other'],
  [/^deferred\b|^4\d\d\b/, 'later'],
  [/^relay_set_up\b/, 'setUp'],
  [/^cut_off_after_data\b|after DATA/, 'cutOff'],
  [/^(ECONN|ETIMEDOUT|ESOCKET|EDNS|EHOST|ENET|EPIPE|ENOTFOUND|EAI_)/, 'noRelay'],
  [/^not taken\b/, 'tooLong'],
  [/^(claimed twice|its reason is gone|EABORT)/, 'stopped'],
] as const;

/** Why the last try failed, in words; undefined when it did not. */
export function useWhyFailed(): (mail: Pick<Mail, 'state' | 'lastProblem'>) => string | undefined {
  const say = useWords();
  return ({ state, lastProblem }) => {
    if (lastProblem === null || state === 'accepted') return undefined;
    const [, why] = reasons.find(([pattern]) => pattern.test(lastProblem)) ?? [undefined, 'else'];
    return say(`messages.why.${why as 'else'}`);
  };
}

/** What became of a mail: icon, word, and why. */
export function DeliveryTruth({ of }: { of: Mail }) {
  const word = useCodeWord();
  const why = useWhyFailed()(of);
  const [Icon, colour] = deliveries[of.state];
  return (
    <span className="st" title={of.lastProblem ?? undefined}>
      <Icon className={`i ${colour}`} />
      <span className={of.state === 'accepted' ? 'cut' : `cut ${colour}`}>
        {word('delivery', of.state)}
        {why && <span className="m"> · {why}</span>}
      </span>
    </span>
  );
}
