import Close from '@mui/icons-material/Close';
import Dialog from '@mui/material/Dialog';
import type { WordKey } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';
import { useKeysSwitch } from './keys.ts';

const groups: readonly { title: WordKey; keys: readonly [WordKey, ...string[]][] }[] = [
  {
    title: 'keys.move',
    keys: [
      ['keys.next', 'J'],
      ['keys.previous', 'K'],
      ['keys.open', '↵'],
      ['keys.back', 'Esc'],
      ['keys.search', '/'],
    ],
  },
  {
    title: 'keys.work',
    keys: [
      ['keys.claim', 'C'],
      ['keys.tick', 'X'],
      ['keys.approve', 'A'],
      ['keys.ask', 'I'],
      ['keys.reject', 'R'],
      ['keys.note', 'N'],
    ],
  },
  {
    title: 'keys.go',
    keys: [
      ['keys.home', 'G', 'D'],
      ['keys.queue', 'G', 'Q'],
      ['keys.registrations', 'G', 'R'],
      ['keys.office', 'G', 'N'],
      ['keys.records', 'G', 'P'],
      ['keys.send', 'Ctrl ↵'],
      ['keys.help', '?'],
    ],
  },
];

/** All keys at a glance. */
export function KeysHelp({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  const say = useWords();
  const [areOn] = useKeysSwitch();
  return (
    <Dialog open={isOpen} onClose={close} maxWidth="md" aria-labelledby="keys-title" disableRestoreFocus={false}>
      <div className="head">
        <h2 id="keys-title" className="pane-title">
          {say('keys.title')}
        </h2>
        <span className="grow" />
        <button type="button" className="btn q ic" aria-label={say('do.close')} onClick={close}>
          <Close className="i l" />
        </button>
      </div>
      {!areOn && <p className="note due keys-off">{say('keys.areOff')}</p>}
      <div className="keys">
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3>{say(title)}</h3>
            {keys.map(([what, ...pressed]) => (
              <div key={what}>
                {say(what)}
                <span className="row">
                  {pressed.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              </div>
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}
