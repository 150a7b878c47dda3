import { useId } from 'react';
import type { CaseAction } from '../../contract/schemas/case-actions.ts';
import { Kbd } from '../parts/Kbd.tsx';
import { useMay, useMe } from '../parts/use-me.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { ActionPanel } from './ActionPanel.tsx';
import type { Candidate, Case } from './case.ts';
import { type Draft, emptyDraft } from './draft.ts';
import type { MoveBody } from './use-move.ts';

export const decisions = ['approve', 'requestInformation', 'reject'] as const;
const decisionKeys = { approve: 'A', requestInformation: 'I', reject: 'R' } as const;
/** They have places of their own: the header, the notes. */
const elsewhere: readonly string[] = ['claim', 'release', 'note'];

interface DecisionPaneProps {
  of: Case;
  open: CaseAction | undefined;
  setOpen: (action: CaseAction) => void;
  drafts: Readonly<Partial<Record<CaseAction, Draft>>>;
  changeDraft: (action: CaseAction, to: Partial<Draft>) => void;
  record: string | null;
  candidates: readonly Candidate[];
  chooseRecord: (recordId: string) => void;
  isPending: boolean;
  isWorking: boolean;
  submit: (action: CaseAction, body: MoveBody) => Promise<void>;
  claim: (() => void) | undefined;
}

/** What may be done with the case: the decision as tabs, all else as buttons; what the server allows, and why not. */
export function DecisionPane(props: DecisionPaneProps) {
  const { of, open, setOpen, drafts, changeDraft, claim, ...rest } = props;
  const say = useWords(of.kind);
  const word = useCodeWord(of.kind);
  const group = useId();
  const why = useWhyNot(of);
  const waits = useWaits(of);
  const action = of.allowedActions.find(({ name }) => name === open);
  const isDeciding = of.allowedActions.some(({ name }) => decisions.some((decision) => decision === name));
  const others = isDeciding ? [] : otherActions(of);
  const refused = waits ?? decisions.flatMap((name) => (isAllowed(of, name) ? [] : [why(name)])).find(Boolean);
  return (
    <>
      <div className="sec deciding">
        <h2>{say(isDeciding ? 'case.decide' : 'case.doNext')}</h2>
        {isDeciding && (
          <fieldset className="seg">
            <legend className="sr">{say('case.decision')}</legend>
            {decisions.map((name) => (
              <label
                key={name}
                className={isAllowed(of, name) ? undefined : 'off'}
                title={isAllowed(of, name) ? undefined : why(name)}
              >
                <input
                  type="radio"
                  name={group}
                  checked={open === name}
                  disabled={!isAllowed(of, name)}
                  onChange={() => setOpen(name)}
                />
                {word('move', name)} <Kbd>{decisionKeys[name]}</Kbd>
              </label>
            ))}
          </fieldset>
        )}
        {isDeciding && refused && <p className="meta m why-not">{refused}</p>}
        {claim && (
          <div className="row wrap">
            <button type="button" className="btn p" onClick={claim}>
              {say('do.claim')} <Kbd>C</Kbd>
            </button>
            <span className="s">{say('case.claimFirst')}</span>
          </div>
        )}
        {others.length > 0 && (
          <div className="row wrap others">
            {others.map((name) => (
              <button
                key={name}
                type="button"
                className={open === name ? 'btn sm on' : 'btn sm'}
                aria-pressed={open === name}
                onClick={() => setOpen(name)}
              >
                {word('move', name)}
              </button>
            ))}
          </div>
        )}
        {!isDeciding && !claim && others.length === 0 && <p className="s">{say('case.nothingToDo')}</p>}
      </div>
      {action && isDeciding && otherActions(of).some((name) => name === action.name) && (
        <div className="sec other-title">
          <h2>{word('move', action.name)}</h2>
        </div>
      )}
      {action && (
        <ActionPanel
          key={action.name}
          {...rest}
          of={of}
          action={action}
          draft={drafts[action.name as CaseAction] ?? emptyDraft}
          change={(to) => changeDraft(action.name as CaseAction, to)}
        />
      )}
    </>
  );
}

/** What is neither a decision nor has a place of its own, what ends it last: beside a decision it stands in the header's menu. */
export function otherActions(of: Case): readonly CaseAction[] {
  const names = of.allowedActions
    .map(({ name }) => name as CaseAction)
    .filter((name) => !elsewhere.includes(name) && !decisions.some((decision) => decision === name));
  return [...names.filter((name) => name !== 'cancel'), ...names.filter((name) => name === 'cancel')];
}

export function isAllowed(of: Case, action: CaseAction): boolean {
  return of.allowedActions.some(({ name }) => name === action);
}

/** What opens by itself: an approval that may be made and is not somebody else's. Nobody meets a refusal they did not ask for. */
export function opensByItself(of: Case, me: { id: string }): CaseAction | undefined {
  const isElsewhere = of.assignee !== null && of.assignee !== me.id;
  return isAllowed(of, 'approve') && !isElsewhere ? 'approve' : undefined;
}

/** Whom the case waits for, when it is not this member. */
function useWaits(of: Case): string | undefined {
  const say = useWords();
  const me = useMe();
  if (of.state === 'waiting_on_applicant') return say('case.why.answer');
  if (of.waitingOn === null || of.assignee === null || of.assignee === me.id) return undefined;
  return say('case.why.assigned', { name: of.assigneeName ?? say('case.why.somebody') });
}

/** A sentence for a move that is not offered; the server decided, this only says what is likely. */
export function useWhyNot(of: Case): (action: (typeof decisions)[number] | 'claim') => string {
  const say = useWords();
  const word = useCodeWord();
  const may = useMay();
  const waits = useWaits(of);
  return (action) => {
    if (!may(`case.${action}`)) {
      return `${word('move', action)}: ${say(action === 'claim' ? 'case.why.clerk' : 'case.why.role')}`;
    }
    if (waits) return waits;
    if (isAllowed(of, 'claim')) return say('case.claimFirst');
    if (action === 'approve' && isAllowed(of, 'reject')) return say('case.why.theirs');
    return say('case.why.state', { move: word('move', action), state: word('state', of.state) });
  };
}
