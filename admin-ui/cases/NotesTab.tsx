import { type FormEvent, useState } from 'react';
import { Problem } from '../../contract/problems.ts';
import { useKeys } from '../keys/keys.ts';
import { Field } from '../parts/Field.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { kept, useKept } from '../parts/kept.ts';
import { notice } from '../parts/notices.tsx';
import { TroubleNote } from '../parts/Trouble.tsx';
import { Instant } from '../parts/time.tsx';
import { useMe } from '../parts/use-me.ts';
import { useWords } from '../words/use-words.ts';
import type { Case, TimelineEntry } from './case.ts';
import { isAllowed } from './DecisionPane.tsx';
import { useMove } from './use-move.ts';

/** What is typed for a case but not yet kept, by case; it outlives the tab. */
const typedNotes = kept<Readonly<Record<string, string>>>({});

/** Puts a text where a note is written, after what stands there. */
export function typeNote(caseId: string, text: string): void {
  const typed = typedNotes.get();
  typedNotes.set({ ...typed, [caseId]: [typed[caseId], text].filter(Boolean).join('\n') });
}

/** Private notes, newest first, and room for one more. A note is no decision: a changed case does not refuse it twice. */
export function NotesTab({ of, notes }: { of: Case; notes: readonly TimelineEntry[] }) {
  const say = useWords();
  const me = useMe();
  const { move, isPending } = useMove();
  const [typed, setTyped] = useKept(typedNotes);
  const [error, setError] = useState<unknown>();
  const text = typed[of.id] ?? '';
  const setText = (next: string) => setTyped({ ...typed, [of.id]: next });
  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === '' || isPending) return;
    setError(undefined);
    try {
      if (!(await move(of.id, 'note', { version: of.version, text }))) return;
      setText('');
      notice({ text: say('case.said.note') });
    } catch (refused) {
      setError(refused);
    }
  };
  useKeys(text.trim() === '' ? {} : { 'ctrl+enter': () => void send() });
  const errors = error instanceof Problem ? error.errors : undefined;
  return (
    <div className="sec stack">
      {isAllowed(of, 'note') && (
        <form className="stack" onSubmit={send}>
          {error !== undefined && <TroubleNote error={error} />}
          <Field label={say('case.newNote')} error={errors?.text}>
            {(input) => (
              <textarea
                {...input}
                data-note
                rows={2}
                maxLength={4000}
                placeholder={say('case.onlyStaff')}
                value={text}
                onChange={({ target }) => setText(target.value)}
              />
            )}
          </Field>
          <button type="submit" className="btn" aria-disabled={isPending || text.trim() === ''}>
            {say('case.keepNote')} <Kbd>Ctrl ↵</Kbd>
          </button>
        </form>
      )}
      {notes.length === 0 && <p className="s">{say('case.noNotes')}</p>}
      {notes.map((entry) => (
        <div key={entry.id}>
          <p>
            <span className="b">{entry.actor.id === me.id ? say('said.you') : entry.actor.name}</span>{' '}
            <span className="m meta">
              <Instant at={entry.at} portal={of.portal} />
            </span>
          </p>
          <p className="their-words">
            <bdi>{entry.note}</bdi>
          </p>
        </div>
      ))}
    </div>
  );
}
