import Add from '@mui/icons-material/Add';
import Close from '@mui/icons-material/Close';
import ErrorIcon from '@mui/icons-material/Error';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Problem } from '../../contract/problems.ts';
import { listMembers } from '../../contract/routes/staff/members.ts';
import { includesRole } from '../../contract/rules.ts';
import type { CaseAction } from '../../contract/schemas/case-actions.ts';
import { useKeys } from '../keys/keys.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { currentTime } from '../parts/clock.ts';
import { Field } from '../parts/Field.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { useTimeZone } from '../parts/portals.ts';
import { ReasonField } from '../parts/ReasonField.tsx';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useZoned } from '../parts/time.tsx';
import { useCall } from '../parts/use-call.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { AllowedAction, Candidate, Case } from './case.ts';
import { bodyOf, type Draft, isComplete, mistakesIn, needsNote, reasonOf, reasonsFor, speaks, takes } from './draft.ts';
import { MailPreview } from './MailPreview.tsx';
import { RecordTroubleNote } from './RecordTroubleNote.tsx';
import type { MoveBody } from './use-move.ts';

interface ActionPanelProps {
  of: Case;
  action: AllowedAction;
  draft: Draft;
  change: (to: Partial<Draft>) => void;
  record: string | null;
  candidates: readonly Candidate[];
  chooseRecord: (recordId: string) => void;
  isPending: boolean;
  isWorking: boolean;
  /** Throws what the server refused. */
  submit: (action: CaseAction, body: MoveBody) => Promise<void>;
}

const dangerous: readonly string[] = ['reject', 'revoke', 'withdraw', 'expireNow', 'cancel'];

/** One action: what it needs, the mail it sends, and the button that says what it does. Field errors stand beside their fields. */
export function ActionPanel(props: ActionPanelProps) {
  const { of, action, draft, change, record, candidates, chooseRecord, isPending, isWorking, submit } = props;
  const say = useWords(of.kind);
  const isLost = useIsLost();
  const timeZone = useTimeZone(of.portal);
  const zoned = useZoned(of.portal);
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<unknown>();
  const name = action.name as CaseAction;
  const isBinding = takes(name, 'patientRecordId');
  const candidate = isBinding ? candidates.find(({ recordId }) => recordId === record) : undefined;
  const reasons = reasonsFor(action, candidate);
  const offered = [...reasons, ...(action.mayGive ?? [])];
  const body = bodyOf(name, draft, offered, record, timeZone);
  const mistakes = mistakesIn(of, action, body, currentTime());
  const lacksRecord = action.needsRecord === true && record === null;
  /** Nothing that is typed here would make it go through. */
  const isBarred = isBinding && (lacksRecord || (record !== null && (!candidate || candidate.trouble !== null)));
  const isMistaken = Object.keys(mistakes).length > 0;
  const isSendable = !isBarred && !isMistaken && isComplete(action, body, reasons);
  const errors: Readonly<Record<string, string>> = error instanceof Problem ? (error.errors ?? {}) : {};
  const latestInWords = action.latest && say('case.untilLatest', { at: zoned(new Date(action.latest)) });
  const errorAt = (field: 'email' | 'until') => (mistakes[field] ? say(mistakes[field]) : errors[field]);
  const isReasonNeeded = error instanceof Problem && error.code === 'reason_required';

  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    if (isPending || isLost || isBarred) return;
    if (isMistaken) return form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    setError(undefined);
    try {
      await submit(name, { ...body, version: of.version });
    } catch (refused) {
      setError(refused);
    }
  };
  useKeys({ 'ctrl+enter': () => void send() });
  useEffect(() => {
    if (error !== undefined) form.current?.querySelector<HTMLElement>('[aria-invalid=true], .err input')?.focus();
  }, [error]);

  return (
    <form className="action" ref={form} onSubmit={send}>
      <div className="sec decide">
        {error !== undefined && <TroubleNote error={error} />}
        {errors.patientRecordId && <p className="msg late">{errors.patientRecordId}</p>}
        {candidate && <RecordTroubleNote of={candidate} kind={of.kind} choose={chooseRecord} />}
        {lacksRecord && (
          <div className="note due" role="status">
            <ErrorIcon className="i" />
            <span>{say('case.recordNeeded')}</span>
          </div>
        )}
        <Reason
          action={action}
          reasons={isBarred ? [] : offered}
          isDemanded={reasons.length > 0}
          draft={draft}
          change={change}
          error={errors.reason ?? (isReasonNeeded ? (error as Problem).nextStep : undefined)}
        />
        {takes(name, 'questions') && <Questions draft={draft} change={change} errors={errors} />}
        {takes(name, 'assignee') && <AssigneeField of={of} draft={draft} change={change} error={errors.assignee} />}
        {takes(name, 'email') && (
          <Field label={say('case.newEmail')} error={errorAt('email')}>
            {(input) => (
              <input
                {...input}
                type="email"
                autoComplete="off"
                value={draft.email}
                onChange={({ target }) => change({ email: target.value })}
              />
            )}
          </Field>
        )}
        {takes(name, 'identityCheck') && (
          <>
            <Field
              label={say('field.optional', { label: say('case.checkMethod') })}
              error={errors.identityCheck ?? errors['identityCheck.method']}
            >
              {(input) => (
                <input
                  {...input}
                  maxLength={100}
                  value={draft.checkMethod}
                  onChange={({ target }) => change({ checkMethod: target.value })}
                />
              )}
            </Field>
            <Field
              label={say('field.optional', { label: say('case.checkDocuments') })}
              error={errors['identityCheck.documentsSeen']}
            >
              {(input) => (
                <input
                  {...input}
                  maxLength={500}
                  value={draft.checkDocuments}
                  onChange={({ target }) => change({ checkDocuments: target.value })}
                />
              )}
            </Field>
          </>
        )}
        {takes(name, 'until') && (
          <Field label={say('case.until')} error={errorAt('until')} hint={latestInWords}>
            {(input) => (
              <input
                {...input}
                type="datetime-local"
                value={draft.until}
                onChange={({ target }) => change({ until: target.value })}
              />
            )}
          </Field>
        )}
        {speaks(name) && (
          <Field label={say('field.optional', { label: say('case.message') })} error={errors.message}>
            {(input) => (
              <textarea
                {...input}
                rows={2}
                maxLength={2000}
                value={draft.message}
                onChange={({ target }) => change({ message: target.value })}
              />
            )}
          </Field>
        )}
        {name === 'requestInformation' && <p className="meta m">{say('case.clockStops')}</p>}
        {!isBarred && <MailPreview of={of} action={name} body={body} isComplete={isSendable} isPending={isPending} />}
        <Field label={say(needsNote(reasonOf(draft, offered)) ? 'case.noteNeeded' : 'case.note')} error={errors.note}>
          {(input) => (
            <input
              {...input}
              maxLength={2000}
              placeholder={say('case.onlyStaff')}
              value={draft.note}
              onChange={({ target }) => change({ note: target.value })}
            />
          )}
        </Field>
      </div>
      <div className="act">
        <button
          type="submit"
          className={dangerous.includes(name) ? 'btn d' : 'btn p'}
          disabled={isLost || isBarred}
          aria-disabled={isPending}
        >
          {say(`case.do.${name}`)} <Kbd>Ctrl ↵</Kbd>
        </button>
        <span className="grow" />
        {isLost ? (
          <span className="m meta">{say('connection.decide')}</span>
        ) : (
          isWorking && <span className="m meta wide nw">{say('case.thenNext')}</span>
        )}
      </div>
    </form>
  );
}

interface ReasonProps {
  action: AllowedAction;
  reasons: readonly string[];
  /** Else one may be given. */
  isDemanded: boolean;
  draft: Draft;
  change: (to: Partial<Draft>) => void;
  error: string | undefined;
}

const questionsOf = [
  'approve',
  'reject',
  'revoke',
  'requestInformation',
  'reopen',
  'cancel',
  'correctAddress',
] as const;

/** Few reasons stand open as choices, long texts in a list; a single one goes without asking. */
function Reason({ action, reasons, isDemanded, draft, change, error }: ReasonProps) {
  const say = useWords();
  const word = useCodeWord();
  const asked = say(`case.ask.${questionsOf.find((name) => name === action.name) ?? 'other'}`);
  const label = isDemanded ? asked : say('field.optional', { label: asked });
  if (reasons.length < 2) return null;
  if (action.name === 'reject' || action.name === 'revoke' || action.name === 'cancel') {
    return (
      <div className={error ? 'err' : undefined}>
        <fieldset className="radio">
          <legend className="meta b s">{label}</legend>
          {reasons.map((reason) => (
            <label key={reason}>
              <input
                type="radio"
                name="reason"
                value={reason}
                checked={draft.reason === reason}
                onChange={() => change({ reason })}
              />
              {word('reason', reason)}
            </label>
          ))}
        </fieldset>
        {error && (
          <span className="msg late" role="alert">
            {error}
          </span>
        )}
      </div>
    );
  }
  return (
    <ReasonField
      label={label}
      reasons={reasons}
      chosen={draft.reason}
      choose={(reason) => change({ reason })}
      inWords={(reason) => word('reason', reason)}
      error={error}
    />
  );
}

interface QuestionsProps {
  draft: Draft;
  change: (to: Partial<Draft>) => void;
  errors: Readonly<Record<string, string>>;
}

const mostQuestions = 10;

function Questions({ draft: { questions }, change, errors }: QuestionsProps) {
  const say = useWords();
  const replace = (no: number, text: string | undefined) =>
    change({ questions: questions.flatMap((one, at) => (at !== no ? [one] : text === undefined ? [] : [text])) });
  return (
    <>
      {questions.map((question, no) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: questions have no other name than their number
          key={no}
          label={questions.length === 1 ? say('case.question') : say('case.questionNo', { no: no + 1 })}
          error={errors[`questions.${no}`] ?? (no === 0 ? errors.questions : undefined)}
        >
          {(input) => (
            <div className="with-button">
              <textarea
                {...input}
                rows={2}
                maxLength={500}
                value={question}
                onChange={({ target }) => replace(no, target.value)}
              />
              {questions.length > 1 && (
                <button
                  type="button"
                  className="btn q sm ic"
                  aria-label={say('case.dropQuestion', { no: no + 1 })}
                  onClick={() => replace(no, undefined)}
                >
                  <Close className="i" />
                </button>
              )}
            </div>
          )}
        </Field>
      ))}
      {questions.length < mostQuestions && (
        <button type="button" className="btn q sm" onClick={() => change({ questions: [...questions, ''] })}>
          <Add className="i" />
          {say('case.addQuestion')}
        </button>
      )}
    </>
  );
}

interface AssigneeFieldProps {
  of: Case;
  draft: Draft;
  change: (to: Partial<Draft>) => void;
  error: string | undefined;
}

/** Those who can have the case: they sign in, work on cases, and do so for its portal. */
function AssigneeField({ of, draft, change, error }: AssigneeFieldProps) {
  const say = useWords();
  const { data } = useCall(listMembers, { query: { perPage: 100 } });
  return (
    <Field label={say('case.assignee')} error={error}>
      {(input) => (
        <select {...input} value={draft.assignee} onChange={({ target }) => change({ assignee: target.value })}>
          <option value="">{say('case.chooseMember')}</option>
          {data?.data
            .filter(({ active, roles }) => active && includesRole(roles, 'clerk'))
            .filter(({ portals }) => portals.length === 0 || portals.includes(of.portal))
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </select>
      )}
    </Field>
  );
}
