import BookmarkAddOutlined from '@mui/icons-material/BookmarkAddOutlined';
import BookmarkRemoveOutlined from '@mui/icons-material/BookmarkRemoveOutlined';
import Dialog from '@mui/material/Dialog';
import { type FormEvent, useState } from 'react';
import { mostSavedViews } from '../../contract/schemas/preferences.ts';
import { Field } from '../parts/Field.tsx';
import { notice } from '../parts/notices.tsx';
import { usePreferences } from '../preferences/use-preferences.ts';
import { useWords } from '../words/use-words.ts';
import { isChanged, isOwn, numberOf, viewOf } from './own-views.ts';
import type { Asked } from './use-queue.ts';

/** Keeps what is on the screen as a view of one's own, or takes such a view away again. */
export function SaveView({ asked }: { asked: Asked }) {
  const say = useWords();
  const [{ savedViews }, change] = usePreferences();
  const [isNaming, setNaming] = useState(false);
  const { name } = asked.view;
  const own = isOwn(name) ? savedViews[numberOf(name)] : undefined;
  // A view that is cut off by a date is no question that the list can be asked again.
  const maySave = isChanged(asked) && asked.view.endsWithinDays === undefined && savedViews.length < mostSavedViews;

  const forget = async () => {
    if (!own) return;
    asked.change({ view: 'open', sort: undefined, order: undefined });
    const isGone = await change({ savedViews: savedViews.filter((view) => view !== own) });
    if (!isGone) return;
    notice({
      text: say('queue.view.forgotten', { name: own.name }),
      action: { label: say('queue.view.undo'), do: () => void change({ savedViews }) },
    });
  };
  const save = async (given: string) => {
    setNaming(false);
    const next = [...savedViews, viewOf(asked, given)];
    if (!(await change({ savedViews: next }))) return;
    asked.change({
      view: `own-${next.length}`,
      kind: undefined,
      state: undefined,
      promise: undefined,
      sort: undefined,
      order: undefined,
    });
    notice({ text: say('queue.view.saved', { name: given }) });
  };
  return (
    <>
      {maySave && (
        <button type="button" className="btn q sm wide" onClick={() => setNaming(true)}>
          <BookmarkAddOutlined className="i" />
          {say('queue.view.save')}
        </button>
      )}
      {own && !maySave && (
        <button type="button" className="btn q sm" onClick={() => void forget()}>
          <BookmarkRemoveOutlined className="i" />
          {say('queue.view.forget')}
        </button>
      )}
      <Dialog open={isNaming} onClose={() => setNaming(false)} aria-labelledby="name-view" maxWidth="xs" fullWidth>
        <NameForm taken={savedViews.map((view) => view.name)} save={save} cancel={() => setNaming(false)} />
      </Dialog>
    </>
  );
}

interface NameFormProps {
  taken: readonly string[];
  save: (name: string) => Promise<void>;
  cancel: () => void;
}

function NameForm({ taken, save, cancel }: NameFormProps) {
  const say = useWords();
  const [name, setName] = useState('');
  const [isTold, setTold] = useState(false);
  const given = name.trim().replace(/\s+/g, ' ');
  const isTaken = taken.some((each) => each.toLowerCase() === given.toLowerCase());
  const wrong = given === '' ? say('queue.view.needsName') : isTaken ? say('queue.view.taken') : undefined;
  return (
    <form
      className="sec stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        setTold(true);
        if (!wrong) void save(given);
      }}
    >
      <h2 id="name-view" className="pane-title">
        {say('queue.view.saveTitle')}
      </h2>
      <p className="s">{say('queue.view.saveWhy')}</p>
      <Field label={say('queue.view.name')} error={isTold ? wrong : undefined}>
        {(input) => (
          <input
            {...input}
            // biome-ignore lint/a11y/noAutofocus: the dialog is this field
            autoFocus
            maxLength={40}
            autoComplete="off"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <div className="row ends acts">
        <button type="button" className="btn q" onClick={cancel}>
          {say('do.cancel')}
        </button>
        <button type="submit" className="btn p">
          {say('queue.view.save')}
        </button>
      </div>
    </form>
  );
}
