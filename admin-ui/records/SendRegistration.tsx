import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Problem } from '../../contract/problems.ts';
import { createCase, listCases, previewNewCase } from '../../contract/routes/staff/cases.ts';
import { addressReasons, demandsNote } from '../../contract/rules.ts';
import { casePath } from '../cases/case.ts';
import { useKeys } from '../keys/keys.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { Email } from '../parts/Email.tsx';
import { Field } from '../parts/Field.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { MailWritten, useMailPreview } from '../parts/MailWritten.tsx';
import { notice } from '../parts/notices.tsx';
import { ReasonField } from '../parts/ReasonField.tsx';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useMay } from '../parts/use-me.ts';
import { call } from '../server/calls.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { isSendable, nothingTyped, registrationOf, type TypedRegistration } from './new-registration.ts';
import { type PatientRecord, recordPath, toSend } from './records.ts';

/** Sends a registration e-mail to a record's person: opened by its button. Where there can be none, the server says why. */
export function SendRegistration({ of, isOpenAtFirst }: { of: PatientRecord; isOpenAtFirst: boolean }) {
  const say = useWords();
  const may = useMay();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const opener = useRef<HTMLButtonElement>(null);
  if (!may('case.create')) return null;
  const close = () => {
    setOpen(false);
    setTimeout(() => opener.current?.focus(), 50);
  };
  return (
    <div className="sec send-registration">
      <button
        ref={opener}
        type="button"
        className={isOpen ? 'btn on' : 'btn p'}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <ForwardToInboxOutlined className="i" />
        {say('register.send')}
      </button>
      {isOpen && <SendForm of={of} close={close} />}
    </div>
  );
}

/** The same from elsewhere: leads to the record's page with the form open, where nothing typed is lost by looking at another row. */
export function SendRegistrationLink({ of, leave }: { of: PatientRecord; leave: () => void }) {
  const say = useWords();
  const may = useMay();
  if (!may('case.create')) return null;
  return (
    <div className="sec send-registration">
      <Link className="btn p" to={recordPath(of.id)} state={toSend} onClick={leave}>
        <ForwardToInboxOutlined className="i" />
        {say('register.send')}
      </Link>
    </div>
  );
}

function SendForm({ of, close }: { of: PatientRecord; close: () => void }) {
  const say = useWords();
  const word = useCodeWord();
  const isLost = useIsLost();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<TypedRegistration>({ ...nothingTyped, isElsewhere: of.email === null });
  const { send, isSending, error, forget } = useSend();
  const change = (to: Partial<TypedRegistration>) => {
    setTyped({ ...typed, ...to });
    forget();
  };
  const body = registrationOf(of, typed);
  const isComplete = isSendable(typed);
  const preview = useMailPreview({
    of: [previewNewCase.name],
    body,
    read: async (wanted) => (await call(previewNewCase, { body: wanted })).body,
    isComplete,
    isPending: isSending,
  });
  const isBarred = isComplete && preview.error instanceof Problem;
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (isLost || isBarred) return;
    const sent = await send(body);
    if (!sent) return;
    notice({ text: say('register.sent') });
    navigate(casePath(sent.id));
  };
  useKeys({ 'ctrl+enter': () => void submit(), escape: close });
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input')?.focus();
  }, []);
  useEffect(() => {
    if (error !== undefined) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [error]);

  const errors: Readonly<Record<string, string>> = error instanceof Problem ? (error.errors ?? {}) : {};
  const isReasonNeeded = error instanceof Problem && error.code === 'reason_required';
  const isNoteNeeded = typed.isElsewhere && demandsNote(typed.reason);
  const lacking = {
    email:
      error !== undefined && typed.isElsewhere && typed.email.trim() === '' ? say('register.emailNeeded') : undefined,
    note: error !== undefined && isNoteNeeded && typed.note.trim() === '' ? say('register.noteNeeded') : undefined,
  };
  return (
    <form className="action" ref={form} onSubmit={submit} noValidate>
      <div className="sec decide">
        {error !== undefined && !isReasonNeeded && <TroubleNote error={error} />}
        {errors.patientRecordId && !isBarred && <p className="msg late">{errors.patientRecordId}</p>}
        <fieldset className="radio one-column">
          <legend className="meta b s">{say('register.to')}</legend>
          <label>
            <input
              type="radio"
              name="to"
              disabled={of.email === null}
              checked={!typed.isElsewhere}
              onChange={() => change({ isElsewhere: false })}
            />
            <span>
              {of.email === null ? <span className="m">{say('register.noneOnFile')}</span> : <Email of={of.email} />}{' '}
              <span className="meta m">{say('register.onFile')}</span>
            </span>
          </label>
          <label>
            <input type="radio" name="to" checked={typed.isElsewhere} onChange={() => change({ isElsewhere: true })} />
            {say('register.elsewhere')}
          </label>
        </fieldset>
        {typed.isElsewhere && (
          <>
            <Field label={say('case.newEmail')} error={lacking.email ?? errors.email} hint={say('register.emailHint')}>
              {(input) => (
                <input
                  {...input}
                  type="email"
                  autoComplete="off"
                  spellCheck={false}
                  maxLength={320}
                  value={typed.email}
                  onChange={({ target }) => change({ email: target.value })}
                />
              )}
            </Field>
            <ReasonField
              label={say('register.why')}
              reasons={addressReasons}
              chosen={typed.reason}
              choose={(reason) => change({ reason })}
              inWords={(reason) => word('reason', reason)}
              error={errors.reason ?? (isReasonNeeded ? (error as Problem).nextStep : undefined)}
            />
          </>
        )}
        <MailWritten of={preview} isComplete={isComplete} />
        {!isBarred && <WhatFollows />}
        {!isBarred && (
          <Field label={say(isNoteNeeded ? 'case.noteNeeded' : 'case.note')} error={lacking.note ?? errors.note}>
            {(input) => (
              <input
                {...input}
                maxLength={2000}
                placeholder={say('case.onlyStaff')}
                value={typed.note}
                onChange={({ target }) => change({ note: target.value })}
              />
            )}
          </Field>
        )}
      </div>
      <div className="act">
        <button type="submit" className="btn p" disabled={isLost || isBarred} aria-disabled={isSending}>
          {say('register.do')} <Kbd>Ctrl ↵</Kbd>
        </button>
        <button type="button" className="btn q" onClick={close}>
          {say('do.cancel')}
        </button>
        {isLost && <span className="m meta">{say('connection.decide')}</span>}
      </div>
    </form>
  );
}

const steps = ['identification', 'credentials', 'disclaimer'] as const;

/** In short what the person meets when they press the button in the mail. */
function WhatFollows() {
  const say = useWords();
  return (
    <div>
      <h3 className="mail-title">{say('register.follows')}</h3>
      <ol className="follows">
        {steps.map((step) => (
          <li key={step}>
            <span className="b">{say(`register.step.${step}`)}</span>{' '}
            <span className="s">{say(`register.step.${step}Why`)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Sends once for each wording: a double click, or a repeat after a lost answer, makes one registration. */
function useSend() {
  const queries = useQueryClient();
  const tried = useRef<{ of: string; key: string } | undefined>(undefined);
  const isBusy = useRef(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = async (body: ReturnType<typeof registrationOf>) => {
    if (isBusy.current) return undefined;
    const of = JSON.stringify(body);
    if (tried.current?.of !== of) tried.current = { of, key: crypto.randomUUID() };
    isBusy.current = true;
    setSending(true);
    setError(undefined);
    try {
      const { body: sent } = await call(createCase, { body, idempotencyKey: tried.current.key });
      tried.current = undefined;
      for (const queryKey of [['queue'], ['queueCounts'], ['list', 'registrations'], [listCases.name]]) {
        void queries.invalidateQueries({ queryKey });
      }
      return sent;
    } catch (refused) {
      setError(refused);
      return undefined;
    } finally {
      isBusy.current = false;
      setSending(false);
    }
  };
  return { send, isSending, error, forget: () => setError(undefined) };
}
