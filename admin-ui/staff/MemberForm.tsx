import Close from '@mui/icons-material/Close';
import ErrorIcon from '@mui/icons-material/Error';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Problem } from '../../contract/problems.ts';
import { addMember, changeMember, listMembers } from '../../contract/routes/staff/members.ts';
import { roles } from '../../contract/rules.ts';
import type { Role } from '../../domain/case.ts';
import { useKeys } from '../keys/keys.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { Field } from '../parts/Field.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { notice } from '../parts/notices.tsx';
import { usePortals } from '../parts/portals.ts';
import { TroubleNote } from '../parts/Trouble.tsx';
import { call } from '../server/calls.ts';
import type { WordKey } from '../words/catalogue.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { Member } from './StaffPage.tsx';

interface MemberFormProps {
  /** undefined: one is added. */
  member: Member | undefined;
  close: () => void;
}

/** Adds or changes a member; only what was changed is sent, so two supervisors do not undo each other. */
export function MemberForm({ member, close }: MemberFormProps) {
  const say = useWords();
  const word = useCodeWord();
  const isLost = useIsLost();
  const portals = usePortals();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => draftOf(member));
  const [error, setError] = useState<unknown>();
  const save = useSave(member);
  const change = (to: Partial<Draft>) => setDraft((now) => ({ ...now, ...to }));
  const errors = errorsOf(error);
  const isUnchanged = member !== undefined && Object.keys(changesOf(member, draft)).length === 0;
  const [misses, setMisses] = useState<{ roles?: boolean; portals?: boolean }>({});

  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    if (save.isPending || isLost || isUnchanged) return;
    const missing = { roles: draft.roles.length === 0, portals: draft.isLimited && draft.portals.length === 0 };
    setMisses(missing);
    setError(undefined);
    if (missing.roles || missing.portals) return;
    try {
      await save.do(draft);
      notice({ text: say(saidAfter(member, draft)) });
      close();
    } catch (refused) {
      setError(refused);
    }
  };
  useKeys({ 'ctrl+enter': () => void send(), escape: close });
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), []);
  useEffect(() => {
    if (error !== undefined) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [error]);

  return (
    <form className="action" ref={form} onSubmit={send} noValidate>
      <div className="sec row of-form">
        <h2 className="pane-title grow">{say(member ? 'staff.form.change' : 'staff.form.add')}</h2>
        <button type="button" className="btn q sm ic" aria-label={say('do.close')} onClick={close}>
          <Close className="i" />
        </button>
      </div>
      <div className="sec decide">
        {error !== undefined && <Refusal error={error} />}
        <Field label={say('staff.form.name')} error={errors.name}>
          {(input) => (
            <input
              {...input}
              autoComplete="off"
              maxLength={200}
              value={draft.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </Field>
        <Field
          label={say('staff.form.email')}
          error={errors.email}
          hint={member ? say('staff.form.emailStays') : undefined}
        >
          {(input) => (
            <input
              {...input}
              type="email"
              autoComplete="off"
              maxLength={320}
              readOnly={member !== undefined}
              value={draft.email}
              onChange={({ target }) => change({ email: target.value })}
            />
          )}
        </Field>
        <fieldset className="radio tall">
          <legend className="meta b s">{say('staff.form.roles')}</legend>
          {roles.map((role) => (
            <label key={role}>
              <input
                type="checkbox"
                checked={draft.roles.includes(role)}
                onChange={({ target }) => change({ roles: toggled(draft.roles, role, target.checked) })}
              />
              <span>
                {word('role', role)}
                <span className="m meta about">{say(`staff.may.${role}`)}</span>
              </span>
            </label>
          ))}
          <Said text={errors.roles ?? (misses.roles ? say('staff.form.rolesNone') : undefined)} />
        </fieldset>
        <fieldset className="radio tall">
          <legend className="meta b s">{say('staff.form.portals')}</legend>
          <label>
            <input type="radio" name="reach" checked={!draft.isLimited} onChange={() => change({ isLimited: false })} />
            {say('staff.form.portalsAll')}
          </label>
          <label>
            <input type="radio" name="reach" checked={draft.isLimited} onChange={() => change({ isLimited: true })} />
            {say('staff.form.portalsSome')}
          </label>
          {draft.isLimited && (
            <div className="within">
              {portals.map(({ id, name }) => (
                <label key={id}>
                  <input
                    type="checkbox"
                    checked={draft.portals.includes(id)}
                    onChange={({ target }) => change({ portals: toggled(draft.portals, id, target.checked) })}
                  />
                  {name}
                </label>
              ))}
            </div>
          )}
          <Said text={errors.portals ?? (misses.portals ? say('staff.form.portalsNone') : undefined)} />
        </fieldset>
        <Field
          label={say('field.optional', { label: say(member ? 'staff.form.newPassword' : 'staff.form.password') })}
          error={errors.password}
          hint={say(member ? 'staff.form.newPasswordHint' : 'staff.form.passwordHint')}
        >
          {(input) => (
            <input
              {...input}
              type="text"
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              value={draft.password}
              onChange={({ target }) => change({ password: target.value })}
            />
          )}
        </Field>
        {member && (
          <fieldset className="radio tall">
            <legend className="sr">{say('staff.form.active')}</legend>
            <label>
              <input
                type="checkbox"
                checked={draft.active}
                onChange={({ target }) => change({ active: target.checked })}
              />
              <span>
                {say('staff.form.active')}
                <span className="m meta about">{say('staff.form.activeHint')}</span>
              </span>
            </label>
          </fieldset>
        )}
      </div>
      <div className="act wrap">
        <button type="submit" className="btn p" disabled={isLost} aria-disabled={save.isPending || isUnchanged}>
          {say(member ? 'staff.form.save' : 'staff.add')} <Kbd>Ctrl ↵</Kbd>
        </button>
        <button type="button" className="btn q" onClick={close}>
          {say('do.cancel')}
        </button>
        <span className="m meta">
          {isLost
            ? say('connection.decide')
            : isUnchanged
              ? say('staff.form.unchanged')
              : member && say('staff.form.endsSessions')}
        </span>
      </div>
    </form>
  );
}

interface Draft {
  name: string;
  email: string;
  roles: readonly Role[];
  isLimited: boolean;
  portals: readonly string[];
  password: string;
  active: boolean;
}

function draftOf(member: Member | undefined): Draft {
  return {
    name: member?.name ?? '',
    email: member?.email ?? '',
    roles: member?.roles ?? [],
    isLimited: (member?.portals.length ?? 0) > 0,
    portals: member?.portals ?? [],
    password: '',
    active: member?.active ?? true,
  };
}

function portalsOf(draft: Draft): string[] {
  return draft.isLimited ? [...draft.portals] : [];
}

/** What differs from the member as read. */
function changesOf(member: Member, draft: Draft) {
  const portals = portalsOf(draft);
  return {
    ...(draft.name !== member.name && { name: draft.name }),
    ...(!isSame(draft.roles, member.roles) && { roles: [...draft.roles] }),
    ...(!isSame(portals, member.portals) && { portals }),
    ...(draft.active !== member.active && { active: draft.active }),
    ...(draft.password !== '' && { password: draft.password }),
  };
}

function useSave(member: Member | undefined) {
  const queries = useQueryClient();
  const [isPending, setPending] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const lastBody = useRef('');
  const tries = useRef(0);
  const save = async (draft: Draft) => {
    setPending(true);
    try {
      if (member) await call(changeMember, { params: { memberId: member.id }, body: changesOf(member, draft) });
      else {
        const { name, email } = draft;
        const body = {
          name,
          email,
          roles: [...draft.roles],
          ...(draft.isLimited && { portals: portalsOf(draft) }),
          ...(draft.password !== '' && { password: draft.password }),
        };
        const text = JSON.stringify(body);
        if (text !== lastBody.current) tries.current += 1;
        lastBody.current = text;
        await call(addMember, { body, idempotencyKey: `${key}-${tries.current}` });
      }
    } finally {
      setPending(false);
      void queries.invalidateQueries({ queryKey: [listMembers.name] });
    }
  };
  return { do: save, isPending };
}

function saidAfter(member: Member | undefined, { password }: Draft): WordKey {
  if (member) return 'staff.said.changed';
  return password === '' ? 'staff.said.addedNoPassword' : 'staff.said.added';
}

/** Why it was refused; the two refusals that only this form meets are explained. */
function Refusal({ error }: { error: unknown }) {
  const say = useWords();
  if (error instanceof Problem && error.code === 'password_not_allowed') return null; // said beside the field
  const why =
    error instanceof Problem && error.code === 'not_allowed_now'
      ? 'staff.lastSupervisor'
      : error instanceof Problem && error.code === 'not_yours_to_do'
        ? 'staff.forOneself'
        : undefined;
  if (!why) return <TroubleNote error={error} />;
  return (
    <div className="note late" role="alert">
      <ErrorIcon className="i" />
      <span>
        <b>{say(why)}</b> {say(`${why}Why`)}
      </span>
    </div>
  );
}

function Said({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <span className="msg late" role="alert">
      <ErrorIcon className="i" />
      {text}
    </span>
  );
}

/** By field; those of list entries (`roles.0`) stand with their list, a refused password beside it. */
function errorsOf(error: unknown): Readonly<Record<string, string | undefined>> {
  if (!(error instanceof Problem)) return {};
  if (error.code === 'password_not_allowed') return { password: error.detail };
  return Object.fromEntries(
    Object.entries(error.errors ?? {}).map(([path, message]) => [path.split('.')[0] ?? path, message]),
  );
}

function toggled<T>(all: readonly T[], one: T, isOn: boolean): T[] {
  return isOn ? [...all, one] : all.filter((each) => each !== one);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}
