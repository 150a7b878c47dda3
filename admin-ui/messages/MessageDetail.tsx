import Close from '@mui/icons-material/Close';
import { Link } from 'react-router';
import { casePath } from '../cases/case.ts';
import { Resend } from '../cases/MessagesTab.tsx';
import { Email } from '../parts/Email.tsx';
import { Pane } from '../parts/Pane.tsx';
import { usePortalName } from '../parts/portals.ts';
import { Instant } from '../parts/time.tsx';
import { useMay } from '../parts/use-me.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { DeliveryTruth, useWhyFailed } from './delivery.tsx';
import type { Mail } from './mails.ts';
import { ViewMail } from './ViewMail.tsx';

/** The whole truth about one mail, and what can be done. */
export function MessageDetail({ of, close }: { of: Mail; close: () => void }) {
  const say = useWords();
  const word = useCodeWord();
  const may = useMay();
  const portalName = usePortalName();
  const why = useWhyFailed()(of);
  const truth = of.state === 'queued' && of.attempts > 0 ? 'retried' : of.state;
  const isUndelivered = of.state === 'refused' || of.state === 'bounced';
  return (
    <Pane as="aside" className="pane side" label={say('messages.detail')}>
      <div className="sec">
        <div className="row">
          <h2 className="pane-title cut">{word('mail', of.template)}</h2>
          <span className="grow" />
          <button type="button" className="btn q sm ic" aria-label={say('messages.closeDetail')} onClick={close}>
            <Close className="i" />
          </button>
        </div>
        <div className="row wrap s">
          <DeliveryTruth of={{ ...of, lastProblem: null }} />
        </div>
      </div>
      <div className="sec stack">
        <h2>{say('messages.truth')}</h2>
        {why && <p className="b">{why}.</p>}
        <p className="s">{say(`messages.truth.${truth}`)}</p>
        {isUndelivered && may('case.correctAddress') && of.caseId && (
          <p>
            <Link to={casePath(of.caseId)}>{say('messages.correct')}</Link>
          </p>
        )}
      </div>
      <div className="sec">
        <dl className="kv wider-names">
          <dt>{say('messages.col.to')}</dt>
          <dd>{of.to === null ? <span className="m">{say('messages.addressHidden')}</span> : <Email of={of.to} />}</dd>
          <dt>{say('messages.col.case')}</dt>
          <dd className="ref">
            {of.caseId && may('case.read') ? (
              <Link to={casePath(of.caseId)}>{of.reference}</Link>
            ) : (
              (of.reference ?? say('messages.noCase'))
            )}
          </dd>
          <dt>{say('messages.col.portal')}</dt>
          <dd>{portalName(of.portal)}</dd>
          <dt>{say('messages.col.queued')}</dt>
          <dd>
            <Instant at={of.queuedAt} portal={of.portal} />
          </dd>
          <dt>{say('messages.col.settled')}</dt>
          <dd>
            {of.settledAt ? <Instant at={of.settledAt} portal={of.portal} /> : '–'}{' '}
            <span className="m">· {say('messages.tries', { smart_count: of.attempts })}</span>
          </dd>
          {of.lastProblem && (
            <>
              <dt>{say('messages.relaySaid')}</dt>
              <dd>
                <code className="code">{of.lastProblem}</code>
              </dd>
            </>
          )}
        </dl>
      </div>
      {may('message.read') && (
        <div className="sec stack">
          <ViewMail of={of} />
          <p className="meta m">{say('messages.viewIs')}</p>
        </div>
      )}
      {may('message.resend') && (
        <div className="sec stack">
          {of.canResend && <Resend of={of} />}
          <p className="meta m">
            {say(
              of.canResend
                ? 'messages.resendIs'
                : of.state === 'queued'
                  ? 'messages.noResend.queued'
                  : 'messages.noResend.over',
            )}
          </p>
        </div>
      )}
    </Pane>
  );
}
