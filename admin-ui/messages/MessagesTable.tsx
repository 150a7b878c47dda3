import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { casePath } from '../cases/case.ts';
import { Resend } from '../cases/MessagesTab.tsx';
import { type ListColumn, ListTable, PortalCell } from '../parts/ListTable.tsx';
import { Ago, Instant } from '../parts/time.tsx';
import type { List, ListAsked } from '../parts/use-list.ts';
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
  list: List<Mail>;
  selected: Mail | undefined;
  select: (mail: Mail) => void;
  hasDetail: boolean;
  nothing: ReactNode;
}

/** One row a mail. Without the pane beside it a row that can be resent has its button. */
export function MessagesTable({ asked, list, selected, select, hasDetail, nothing }: MessagesTableProps) {
  const may = useMay();
  return (
    <ListTable
      className={hasDetail ? 'listing outbox beside' : 'listing outbox'}
      columns={columns.filter(({ name }) => name !== 'to' || may('message.read'))}
      asked={asked}
      list={list}
      nothing={nothing}
    >
      {(mail) => (
        <Row
          of={mail}
          isSelected={mail.id === selected?.id}
          select={() => select(mail)}
          hasDetail={hasDetail}
          hasAddress={may('message.read')}
        />
      )}
    </ListTable>
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
      <PortalCell of={of.portal} />
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
