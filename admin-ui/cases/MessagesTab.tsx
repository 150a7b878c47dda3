import HelpOutlineOutlined from '@mui/icons-material/HelpOutlineOutlined';
import MailOutlined from '@mui/icons-material/MailOutlined';
import MarkEmailReadOutlined from '@mui/icons-material/MarkEmailReadOutlined';
import OutboxOutlined from '@mui/icons-material/OutboxOutlined';
import UnsubscribeOutlined from '@mui/icons-material/UnsubscribeOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { listCaseMessages, readCase } from '../../contract/routes/staff/cases.ts';
import { listMessages, resendMessage } from '../../contract/routes/staff/messages.ts';
import { Empty } from '../parts/Empty.tsx';
import { notice } from '../parts/notices.tsx';
import { Pane } from '../parts/Pane.tsx';
import { useTell } from '../parts/Trouble.tsx';
import { Instant } from '../parts/time.tsx';
import { call } from '../server/calls.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { Case, CaseMessage } from './case.ts';

/** How each outcome looks. */
export const deliveries: Readonly<Record<CaseMessage['state'], [typeof MailOutlined, string]>> = {
  queued: [OutboxOutlined, 'm'],
  accepted: [MarkEmailReadOutlined, 'ok'],
  refused: [UnsubscribeOutlined, 'late'],
  unknown: [HelpOutlineOutlined, 'due'],
  bounced: [UnsubscribeOutlined, 'late'],
};

interface MessagesTabProps {
  of: Case;
  messages: readonly CaseMessage[];
  correctAddress: (() => void) | undefined;
}

/** Every mail of the case and what became of it; resend, or correct the address where it was refused. */
export function MessagesTab({ of, messages, correctAddress }: MessagesTabProps) {
  const say = useWords();
  const word = useCodeWord();
  if (messages.length === 0) {
    return (
      <Empty icon={<MailOutlined className="i" />} title={say('case.noMessages')}>
        {say('case.noMessagesWhy')}
      </Empty>
    );
  }
  return (
    <Pane className="tw" label={say('case.tab.messages')}>
      <table className="grid mails">
        <thead>
          <tr>
            <th scope="col">{say('case.mailCol')}</th>
            <th scope="col">{say('case.mailToCol')}</th>
            <th scope="col">{say('case.delivery')}</th>
            <td aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <tr key={message.id}>
              <td>
                <span className="b">{word('mail', message.template)}</span>
                <br />
                <span className="meta m">
                  <Instant at={message.settledAt ?? message.queuedAt} portal={of.portal} />
                </span>
              </td>
              <td title={message.to ?? undefined}>
                <bdi>{message.to ?? '–'}</bdi>
              </td>
              <td>
                <Delivery of={message} />
              </td>
              <td className="end">
                <span className="row ends">
                  {(message.state === 'refused' || message.state === 'bounced') && correctAddress && (
                    <button type="button" className="btn sm" onClick={correctAddress}>
                      {word('move', 'correctAddress')}
                    </button>
                  )}
                  {message.canResend && <Resend of={message} />}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Pane>
  );
}

export function Delivery({ of }: { of: Pick<CaseMessage, 'state' | 'attempts' | 'lastProblem'> }) {
  const say = useWords();
  const word = useCodeWord();
  const [Icon, colour] = deliveries[of.state];
  return (
    <span className={`st ${colour}`} title={say('case.attempts', { smart_count: of.attempts })}>
      <Icon className="i" />
      <span className="cut">
        {word('delivery', of.state)}
        {of.lastProblem && of.state !== 'accepted' && <span className="m"> · {of.lastProblem}</span>}
      </span>
    </span>
  );
}

/** Sends a mail once more; every list of mails is read anew. */
export function Resend({ of }: { of: CaseMessage }) {
  const say = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const [isSending, setSending] = useState(false);
  const resend = async () => {
    if (isSending) return;
    setSending(true);
    try {
      await call(resendMessage, { params: { messageId: of.id }, idempotencyKey: key.current });
      key.current = crypto.randomUUID();
      notice({ text: say('case.resent') });
      for (const queryKey of [
        [listCaseMessages.name],
        ['list', listMessages.name],
        ['listCounts', listMessages.name],
      ]) {
        void queries.invalidateQueries({ queryKey });
      }
      void queries.invalidateQueries({ queryKey: [readCase.name] });
    } catch (error) {
      const { what, next } = tell(error);
      notice({ text: `${what} ${next}`, isFailure: true });
    } finally {
      setSending(false);
    }
  };
  return (
    <button type="button" className="btn sm" aria-disabled={isSending} onClick={resend}>
      {say('case.resend')}
    </button>
  );
}
