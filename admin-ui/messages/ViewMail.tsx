import Close from '@mui/icons-material/Close';
import VisibilityOutlined from '@mui/icons-material/VisibilityOutlined';
import Dialog from '@mui/material/Dialog';
import { useId, useState } from 'react';
import { readMail } from '../../contract/routes/staff/messages.ts';
import { MailSheet } from '../parts/MailSheet.tsx';
import { Pane } from '../parts/Pane.tsx';
import { TroublePlace } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { Mail } from './mails.ts';
import './view-mail.css';

/** Opens the mail itself. It is asked for only then, for the look is audited. */
export function ViewMail({ of, isShort }: { of: Mail; isShort?: boolean }) {
  const say = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn sm" onClick={() => setOpen(true)}>
        <VisibilityOutlined className="i" />
        {say(isShort ? 'messages.viewShort' : 'messages.view')}
      </button>
      {isOpen && <MailDialog of={of} close={() => setOpen(false)} />}
    </>
  );
}

function MailDialog({ of, close }: { of: Mail; close: () => void }) {
  const say = useWords();
  const word = useCodeWord();
  const id = useId();
  const [isText, setText] = useState(false);
  const { data, error, refetch } = useCall(readMail, { params: { messageId: of.id } }, { staleMs: 60_000 });
  return (
    <Dialog open onClose={close} maxWidth="md" fullWidth aria-labelledby={id} className="view-mail">
      <div className="head">
        <h2 className="pane-title cut" id={id}>
          {word('mail', of.template)}
        </h2>
        <span className="grow" />
        <button type="button" className="btn q ic" aria-label={say('do.close')} onClick={close}>
          <Close className="i l" />
        </button>
      </div>
      <div className="sec stack" aria-busy={!data && !error}>
        {error && <TroublePlace error={error} retry={() => void refetch()} />}
        {!data && !error && <p className="m">{say('messages.viewWaits')}</p>}
        {data && (
          <>
            {/* biome-ignore lint/a11y/useSemanticElements: two buttons need no frame with a legend */}
            <div className="row" role="group" aria-label={say('messages.form')}>
              <button type="button" className="btn sm" aria-pressed={!isText} onClick={() => setText(false)}>
                {say('messages.html')}
              </button>
              <button type="button" className="btn sm" aria-pressed={isText} onClick={() => setText(true)}>
                {say('messages.text')}
              </button>
            </div>
            {isText ? (
              <Pane className="mail-text" label={say('messages.text')}>
                {data.text}
              </Pane>
            ) : (
              <MailSheet to={data.to} subject={data.subject} html={data.html} />
            )}
            <p className="meta m">{say('messages.viewOf')}</p>
          </>
        )}
      </div>
    </Dialog>
  );
}
