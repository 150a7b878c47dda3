import ArrowBack from '@mui/icons-material/ArrowBack';
import StoreOutlined from '@mui/icons-material/StoreOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Problem } from '../../contract/problems.ts';
import { createCase } from '../../contract/routes/staff/cases.ts';
import { casePath } from '../cases/case.ts';
import { useKeys } from '../keys/keys.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { chosenPortal } from '../layout/choices.ts';
import { Empty } from '../parts/Empty.tsx';
import { Field } from '../parts/Field.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { useKept } from '../parts/kept.ts';
import { notice } from '../parts/notices.tsx';
import { Pane } from '../parts/Pane.tsx';
import { usePortals } from '../parts/portals.ts';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useMe } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { call, refusalOf } from '../server/calls.ts';
import { type Language, languages, type WordKey } from '../words/catalogue.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { type ClaimField, caseOf, emptyClaim, isEmpty, sexes, type TypedClaim, typedClaims } from './claim.ts';
import './office.css';

/** A paper form keyed in by the office. In the order of the form, by Tab alone; what is wrong stands beside its field. */
export function OfficePage() {
  const say = useWords();
  const word = useCodeWord();
  const navigate = useNavigate();
  const isLost = useIsLost();
  const form = useRef<HTMLFormElement>(null);
  const { typed, change, clear } = useTyped();
  const { save, isSaving, error, forget } = useSave();
  const portals = usePortals();
  const open = portals.filter((portal) => portal.open.includes('application'));
  usePageTitle(say('office.title'));

  const submit = async (isNextWanted: boolean) => {
    if (isLost) return;
    const saved = await save(typed);
    if (!saved) return;
    clear();
    if (!isNextWanted) {
      navigate(casePath(saved.id));
      return;
    }
    notice({
      text: say('office.saved', { reference: saved.reference }),
      action: { label: say('office.openIt'), do: () => navigate(casePath(saved.id)) },
    });
    form.current?.querySelector<HTMLElement>('[name=firstName]')?.focus();
  };
  useKeys({ 'ctrl+enter': () => void submit(false), escape: () => navigate('/queue') });
  useEffect(() => {
    if (error !== undefined) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [error]);

  const errors: Readonly<Record<string, string>> = error instanceof Problem ? (error.errors ?? {}) : {};
  /** An empty date is no wrong date. */
  const missing = (field: ClaimField) =>
    field === 'dateOfBirth' && typed.dateOfBirth === '' ? say('office.dateNeeded') : undefined;
  const text = (field: ClaimField, more: TextFieldProps['input'] = {}, hint?: WordKey) => (
    <TextField
      field={field}
      typed={typed}
      change={change}
      error={errors[`subject.${field}`] && (missing(field) ?? errors[`subject.${field}`])}
      input={more}
      hint={hint && say(hint)}
    />
  );
  if (portals.length > 0 && open.length === 0) {
    return (
      <>
        <Head />
        <Empty icon={<StoreOutlined className="i" />} title={say('office.noPortal')} actions={<BackToQueue />}>
          {say('office.noPortalWhy')}
        </Empty>
      </>
    );
  }
  return (
    <>
      <Head />
      <Pane className="pane office" label={say('office.title')}>
        <form
          id="office"
          ref={form}
          noValidate
          autoComplete="off"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            void submit(false);
          }}
        >
          <p className="s lead">{say('office.lead')}</p>
          {error !== undefined && <TroubleNote error={error} />}
          {portals.length > 1 && (
            <PortalField
              typed={typed}
              change={change}
              error={errors.portal && (typed.portal === '' ? say('office.choosePortal') : errors.portal)}
            />
          )}
          <Group title={say('office.person')}>
            {text('firstName', { autoFocus: true, required: true, maxLength: 100 }, 'office.nameHint')}
            {text('lastName', { required: true, maxLength: 100 })}
            {text('dateOfBirth', { type: 'date', required: true, min: '1900-01-01' })}
            {text('postalCode', { required: true, maxLength: 12, inputMode: 'text' })}
          </Group>
          <Group title={say('office.contact')}>
            {text('email', { type: 'email', required: true, maxLength: 320, spellCheck: false }, 'office.emailHint')}
            {text('phone', { type: 'tel', maxLength: 40 })}
          </Group>
          <Group title={say('office.more')}>
            <div className="whole-row">{text('addressLine', { maxLength: 200 })}</div>
            {text('city', { maxLength: 100 })}
            {text('region', { maxLength: 100 })}
            <ChoiceField
              field="sexAtBirth"
              typed={typed}
              change={change}
              error={errors['subject.sexAtBirth']}
              none={say('said.notGiven')}
              choices={sexes.map((value) => ({ value, label: word('sex', value) }))}
            />
            <ChoiceField
              field="language"
              typed={typed}
              change={change}
              error={errors['subject.language']}
              none={say('office.languageOf')}
              choices={(Object.keys(languages) as Language[]).map((value) => ({ value, label: languages[value] }))}
            />
            <div className="whole-row">
              <Field label={say('field.optional', { label: say('office.message') })} error={errors['subject.message']}>
                {(input) => (
                  <textarea
                    {...input}
                    name="message"
                    rows={3}
                    maxLength={2000}
                    value={typed.message}
                    onChange={({ target }) => change({ message: target.value })}
                  />
                )}
              </Field>
            </div>
          </Group>
        </form>
      </Pane>
      <div className="foot office-foot">
        <button type="submit" form="office" className="btn p" disabled={isLost} aria-disabled={isSaving}>
          {say('office.save')} <Kbd>Ctrl ↵</Kbd>
        </button>
        <button
          type="button"
          className="btn"
          disabled={isLost}
          aria-disabled={isSaving}
          onClick={() => void submit(true)}
        >
          {say('office.saveNext')}
        </button>
        {!isEmpty(typed) && (
          <button
            type="button"
            className="btn q"
            onClick={() => {
              clear();
              forget();
              form.current?.querySelector<HTMLElement>('[name=firstName]')?.focus();
            }}
          >
            {say('office.clear')}
          </button>
        )}
        <span className="grow" />
        <span className="wide">{say(isLost ? 'connection.decide' : 'office.kept')}</span>
      </div>
    </>
  );
}

function Head() {
  const say = useWords();
  return (
    <div className="head">
      <Link className="btn q ic" to="/queue" aria-label={say('office.back')}>
        <ArrowBack className="i l" />
      </Link>
      <h1>{say('office.title')}</h1>
    </div>
  );
}

function BackToQueue() {
  const say = useWords();
  return (
    <Link className="btn" to="/queue">
      {say('office.back')}
    </Link>
  );
}

/** What the member has typed so far; the portal is the one chosen in the bar, or the only one there is. */
function useTyped() {
  const me = useMe();
  const portals = usePortals();
  const [narrowed] = useKept(chosenPortal);
  const [all, setAll] = useKept(typedClaims);
  const open = portals.filter((portal) => portal.open.includes('application'));
  const likely = open.find(({ id }) => id === narrowed) ?? (open.length === 1 ? open[0] : undefined);
  const kept = all[me.id] ?? emptyClaim;
  const typed: TypedClaim = kept.portal === '' ? { ...kept, portal: likely?.id ?? '' } : kept;
  const change = (to: Partial<TypedClaim>) => setAll({ ...all, [me.id]: { ...typed, ...to } });
  /** The next form of the pile is mostly of the same portal. */
  const clear = () => setAll({ ...all, [me.id]: { ...emptyClaim, portal: typed.portal } });
  return { typed, change, clear };
}

/** Saves what was typed, once for each wording of it: a double click or a repeat after a lost answer makes one case. */
function useSave() {
  const queries = useQueryClient();
  const tried = useRef<{ of: string; key: string } | undefined>(undefined);
  const isSending = useRef(false);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>();
  const save = async (typed: TypedClaim) => {
    if (isSending.current) return undefined;
    const body = caseOf(typed);
    const of = JSON.stringify(body);
    const refusal = refusalOf(createCase, body); // told without asking the server
    if (refusal) {
      setError(refusal);
      return undefined;
    }
    if (tried.current?.of !== of) tried.current = { of, key: crypto.randomUUID() };
    isSending.current = true;
    setSaving(true);
    setError(undefined);
    try {
      const { body: saved } = await call(createCase, { body, idempotencyKey: tried.current.key });
      tried.current = undefined;
      for (const queryKey of [['queue'], ['queueCounts']]) void queries.invalidateQueries({ queryKey });
      return saved;
    } catch (refused) {
      setError(refused);
      return undefined;
    } finally {
      isSending.current = false;
      setSaving(false);
    }
  };
  return { save, isSaving, error, forget: () => setError(undefined) };
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="group">
      <legend>{title}</legend>
      <div className="pairs">{children}</div>
    </fieldset>
  );
}

interface OfTyped {
  typed: TypedClaim;
  change: (to: Partial<TypedClaim>) => void;
  error: string | undefined;
}

interface TextFieldProps extends OfTyped {
  field: ClaimField;
  input: React.InputHTMLAttributes<HTMLInputElement>;
  hint?: string | undefined;
}

function TextField({ field, typed, change, error, input: more, hint }: TextFieldProps) {
  const say = useWords();
  const label = say(`office.${field}`);
  return (
    <Field label={more.required ? label : say('field.optional', { label })} error={error} hint={hint}>
      {(input) => (
        <input
          {...input}
          name={field}
          // Nobody's own: the browser is not to keep or offer what belongs to a patient.
          autoComplete="off"
          {...more}
          value={typed[field]}
          onChange={({ target }) => change({ [field]: target.value })}
        />
      )}
    </Field>
  );
}

interface ChoiceFieldProps extends OfTyped {
  field: 'sexAtBirth' | 'language';
  none: string;
  choices: readonly { value: string; label: string }[];
}

function ChoiceField({ field, typed, change, error, none, choices }: ChoiceFieldProps) {
  const say = useWords();
  return (
    <Field label={say('field.optional', { label: say(`office.${field}`) })} error={error}>
      {(input) => (
        <select
          {...input}
          name={field}
          value={typed[field]}
          onChange={({ target }) => change({ [field]: target.value })}
        >
          <option value="">{none}</option>
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function PortalField({ typed, change, error }: OfTyped) {
  const say = useWords();
  const portals = usePortals();
  return (
    <div className="portal-field">
      <Field label={say('office.portal')} error={error}>
        {(input) => (
          <select
            {...input}
            name="portal"
            value={typed.portal}
            onChange={({ target }) => change({ portal: target.value })}
          >
            <option value="">{say('office.choosePortal')}</option>
            {portals.map(({ id, name, open }) => {
              const isOpen = open.includes('application');
              return (
                <option key={id} value={id} disabled={!isOpen}>
                  {isOpen ? name : say('office.closedPortal', { portal: name })}
                </option>
              );
            })}
          </select>
        )}
      </Field>
    </div>
  );
}
