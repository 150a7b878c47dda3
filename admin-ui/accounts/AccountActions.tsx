import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Problem } from '../../contract/problems.ts';
import { readPolicy } from '../../contract/routes/staff/portals.ts';
import type { AccountAction } from '../../contract/schemas/account.ts';
import { useKeys } from '../keys/keys.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { Field } from '../parts/Field.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { ReasonField } from '../parts/ReasonField.tsx';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay } from '../parts/use-me.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { Account, AccountBody } from './accounts.ts';
import { bodyOf, checkedActions, type Draft, emptyDraft } from './draft.ts';

interface AccountActionsProps {
  of: Account;
  open: AccountAction | undefined;
  setOpen: (action: AccountAction | undefined) => void;
  drafts: Readonly<Partial<Record<AccountAction, Draft>>>;
  change: (action: AccountAction, to: Partial<Draft>) => void;
  isPending: boolean;
  /** Throws what the server refused. */
  submit: (action: AccountAction, body: AccountBody) => Promise<void>;
}

/** What may be done with the account: a button each, and the form of the one that is open. */
export function AccountActions({ of, open, setOpen, drafts, change, isPending, submit }: AccountActionsProps) {
  const say = useWords();
  const word = useCodeWord();
  const allowed = of.allowedActions.map(({ name }) => name as AccountAction);
  const action = of.allowedActions.find(({ name }) => name === open);
  const isClosed = of.state === 'closed';
  return (
    <>
      <div className="sec deciding">
        <h2>{say('accounts.actions')}</h2>
        {allowed.length === 0 && <p className="s">{say(isClosed ? 'accounts.closedFor' : 'accounts.readOnly')}</p>}
        <div className="row wrap others">
          {allowed.map((name) => (
            <button
              key={name}
              type="button"
              className={open === name ? 'btn sm on' : 'btn sm'}
              aria-expanded={open === name}
              onClick={() => setOpen(open === name ? undefined : name)}
            >
              {word('accountAction', name)}
            </button>
          ))}
        </div>
      </div>
      {action && (
        <ActionForm
          key={action.name}
          of={of}
          name={action.name as AccountAction}
          reasons={action.reasons ?? []}
          draft={drafts[action.name as AccountAction] ?? emptyDraft}
          change={(to) => change(action.name as AccountAction, to)}
          isPending={isPending}
          submit={submit}
        />
      )}
    </>
  );
}

interface ActionFormProps extends Pick<AccountActionsProps, 'of' | 'isPending' | 'submit'> {
  name: AccountAction;
  reasons: readonly string[];
  draft: Draft;
  change: (to: Partial<Draft>) => void;
}

const dangerous: readonly AccountAction[] = ['suspend', 'close'];

function ActionForm({ of, name, reasons, draft, change, isPending, submit }: ActionFormProps) {
  const say = useWords();
  const word = useCodeWord();
  const isLost = useIsLost();
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<unknown>();
  const errors: Readonly<Record<string, string>> = error instanceof Problem ? (error.errors ?? {}) : {};
  /** The first of two people: nothing went wrong, the other has to say the same. */
  const isNoted = error instanceof Problem && error.code === 'not_yours_to_do' && draft.reason === 'could_not_check';
  const isReasonNeeded = error instanceof Problem && error.code === 'reason_required';

  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    if (isPending || isLost) return;
    setError(undefined);
    try {
      await submit(name, { ...bodyOf(name, draft), version: of.version });
    } catch (refused) {
      setError(refused);
    }
  };
  useKeys({ 'ctrl+enter': () => void send() });
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('select, input')?.focus();
  }, []);
  useEffect(() => {
    if (error !== undefined) form.current?.querySelector<HTMLElement>('[aria-invalid=true], .err input')?.focus();
  }, [error]);

  return (
    <form className="action" ref={form} onSubmit={send} noValidate>
      <div className="sec decide">
        {isNoted ? (
          <p className="note due" role="status">
            <span>
              <b>{(error as Problem).detail}</b> {(error as Problem).nextStep}
            </span>
          </p>
        ) : (
          error !== undefined && !isReasonNeeded && <TroubleNote error={error} />
        )}
        <p className={name === 'close' ? 'late' : 's'}>{say(`accounts.does.${name}`)}</p>
        {name === 'changeEmail' && (
          <Field label={say('accounts.newEmail')} error={errors.email}>
            {(input) => (
              <input
                {...input}
                type="email"
                autoComplete="off"
                maxLength={320}
                value={draft.email}
                onChange={({ target }) => change({ email: target.value })}
              />
            )}
          </Field>
        )}
        <ReasonField
          label={say('accounts.reason')}
          reasons={reasons}
          chosen={draft.reason}
          choose={(reason) => change({ reason })}
          inWords={(reason) => word('accountReason', reason)}
          error={errors.reason ?? (isReasonNeeded ? (error as Problem).nextStep : undefined)}
        />
        {checkedActions.includes(name) && !isNoted && (
          <IdentityCheck of={of} name={name} draft={draft} change={change} errors={errors} />
        )}
        <Field label={say(draft.reason === 'other' ? 'case.noteNeeded' : 'case.note')} error={errors.note}>
          {(input) => (
            <textarea
              {...input}
              rows={2}
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
          disabled={isLost}
          aria-disabled={isPending}
        >
          {say(`accounts.do.${name}`)} <Kbd>Ctrl ↵</Kbd>
        </button>
        {isLost && <span className="m meta">{say('connection.decide')}</span>}
      </div>
    </form>
  );
}

interface IdentityCheckProps extends Pick<ActionFormProps, 'of' | 'name' | 'draft' | 'change'> {
  errors: Readonly<Record<string, string>>;
}

/** How somebody made sure who the person is. Who may read the policy is told beforehand whether it is demanded. */
function IdentityCheck({ of, name, draft, change, errors }: IdentityCheckProps) {
  const say = useWords();
  const may = useMay();
  const { data } = useCall(
    readPolicy,
    { params: { portal: of.portal } },
    { enabled: may('policy.read'), staleMs: 60_000 },
  );
  const isNeeded = data?.identityCheckFor.some((action) => action === name);
  if (draft.reason === 'could_not_check') {
    return (
      <p className="note due">
        <span>{say('accounts.twoPeople')}</span>
      </p>
    );
  }
  const method = say('case.checkMethod');
  return (
    <>
      <Field
        label={isNeeded ? method : say('field.optional', { label: method })}
        hint={isNeeded === false ? undefined : say(isNeeded ? 'accounts.checkNeeded' : 'accounts.checkPerhaps')}
        error={errors.identityCheck ?? errors['identityCheck.method']}
      >
        {(input) => (
          <input
            {...input}
            maxLength={100}
            autoComplete="off"
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
            autoComplete="off"
            value={draft.checkDocuments}
            onChange={({ target }) => change({ checkDocuments: target.value })}
          />
        )}
      </Field>
    </>
  );
}
