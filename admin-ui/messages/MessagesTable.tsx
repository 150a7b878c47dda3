import { Link } from 'react-router';
import { casePath } from '../cases/case.ts';
import { Resend } from '../cases/MessagesTab.tsx';
import { type ListColumn, ListHead, ListWaiting } from '../parts/ListParts.tsx';
import { usePortalName } from '../parts/portals.ts';
import { Ago, Instant } from '../parts/time.tsx';
import type { ListAsked } from '../parts/use-list.ts';
import { useMay } from '../parts/use-me.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { DeliveryTruth } from './delivery.tsx';
import type { Mail } from './mails.ts';
import { ViewMail } from './ViewMail.tsx';

const columns: readonly ListColumn[] = [
  { name: 'mail', word: 'messages.col.mail' },
  { name: 'delivery', word: 'messages.col.delivery' },
  { name: 'to', word: 'messages.col.to' },
  { name: 'case', word: 'messages.col.case' },
  { name: 'portal', word: 'messages.col.portal' },
  { name: 'queued', word: 'messages.col.queued', sort: 'queuedAt', isRight: true },
];

interface MessagesTableProps {
  asked: ListAsked;
  /** undefined: still being read. */
  rows: readonly Mail[] | undefined;
  selected: Mail | undefined;
  select: (mail: Mail) => void;
  hasDetail: boolean;
}

/** One row a mail. Without the pane beside it a row that can be resent has its button. */
export function MessagesTable({ asked, rows, selected, select, hasDetail }: MessagesTableProps) {
  const may = useMay();
  const shown = columns.filter(({ name }) => name !== 'to' || may('message.read'));
  return (
    <table className={hasDetail ? 'grid listing outbox beside' : 'grid listing outbox'}>
      <ListHead columns={shown} asked={asked} />
      {rows === undefined ? (
        <ListWaiting columns={shown} />
      ) : (
        <tbody>
          {rows.map((mail) => (
            <Row
              key={mail.id}
              of={mail}
              isSelected={mail.id === selected?.id}
              select={() => select(mail)}
              hasDetail={hasDetail}
              hasAddress={may('message.read')}
            />
          ))}
        </tbody>
      )}
    </table>
  );
}

interface RowProps {
  of: Mail;
  isSelected: boolean;
  select: () => void;
  hasDetail: boolean;
  hasAddress: boolean;
}

function Row({ of, isSelected, select, hasDetail, hasAddress }: RowProps) {
  const say = useWords();
  const word = useCodeWord();
  const may = useMay();
  const portalName = usePortalName();
  return (
    <tr aria-current={isSelected ? 'true' : undefined} onClick={select}>
      <td className="c-mail">
        <button type="button" className="bare b cut" data-row={of.id} onFocus={select}>
          {word('mail', of.template)}
        </button>
      </td>
      <td className="c-delivery">
        <span className="row">
          <DeliveryTruth of={of} />
          {!hasDetail && (
            <span className="in-row row">
              {of.canResend && of.state !== 'accepted' && <Resend of={of} />}
              {may('message.read') && <ViewMail of={of} isShort />}
            </span>
          )}
        </span>
      </td>
      {hasAddress && (
        <td className="c-to" title={of.to ?? undefined}>
          <bdi>{of.to ?? '–'}</bdi>
        </td>
      )}
      <td className="c-case">
        {of.caseId && of.reference ? (
          may('case.read') ? (
            <Link className="ref" to={casePath(of.caseId)}>
              {of.reference}
            </Link>
          ) : (
            <span className="ref">{of.reference}</span>
          )
        ) : (
          <span className="m">{say('messages.noCase')}</span>
        )}
      </td>
      <td className="c-portal" title={portalName(of.portal)}>
        {portalName(of.portal).split(' ')[0]}
      </td>
      <td className="c-queued end">
        {Date.now() - new Date(of.queuedAt).getTime() < 3_600_000 ? (
          <Ago at={of.queuedAt} portal={of.portal} />
        ) : (
          <Instant at={of.queuedAt} portal={of.portal} />
        )}
      </td>
    </tr>
  );
}
