import ContentCopyOutlined from '@mui/icons-material/ContentCopyOutlined';
import { Link } from 'react-router';
import { accountPath } from '../accounts/accounts.ts';
import { currentTime } from '../parts/clock.ts';
import { Email } from '../parts/Email.tsx';
import { usePortalName } from '../parts/portals.ts';
import { Instant, useDayOf } from '../parts/time.tsx';
import { recordPath } from '../records/records.ts';
import { ageInYears, dateInWords } from '../words/dates.ts';
import { useCodeWord, useLanguage, useWords } from '../words/use-words.ts';
import { type Case, casePath } from './case.ts';

interface ApplicantProps {
  of: Case;
  /** In the preview: the few lines that say who it is. */
  isBrief?: boolean;
  correctAddress?: (() => void) | undefined;
}

/** Who applied, and what the case is. Everything a person typed stays inert text of its own direction. */
export function Applicant({ of, isBrief, correctAddress }: ApplicantProps) {
  const say = useWords(of.kind);
  const word = useCodeWord();
  const [language] = useLanguage();
  const portalName = usePortalName();
  const { subject } = of;
  const address = [subject.addressLine, subject.city, subject.region, subject.postalCode].filter(Boolean).join(', ');
  const received = (
    <>
      <Instant at={of.receivedAt} portal={of.portal} />
      {of.kind === 'application' &&
        say('case.receivedAs', { source: say(of.source === 'office' ? 'said.office' : 'said.online') })}
    </>
  );
  return (
    <>
      <div className="sec">
        <h2>{say('case.applicant')}</h2>
        <dl className="kv">
          {isBrief && <Line name={say('case.portalShort')}>{portalName(of.portal)}</Line>}
          <Line name={say('case.email')}>
            <Email of={subject.email} />
            {correctAddress && (
              <button type="button" className="bare link meta" onClick={correctAddress}>
                {word('move', 'correctAddress')}
              </button>
            )}
          </Line>
          <Line name={say('case.born')}>
            {dateInWords(subject.dateOfBirth, language)}{' '}
            <span className="m">{say('case.age', { age: ageInYears(subject.dateOfBirth, currentTime()) })}</span>
          </Line>
          {subject.phone && (
            <Line name={say('case.phone')}>
              <bdi>{subject.phone}</bdi>
            </Line>
          )}
          <Line name={say('case.address')}>
            <bdi>{address}</bdi>
          </Line>
          {isBrief ? (
            <Line name={say('case.received')}>{received}</Line>
          ) : (
            <>
              {subject.sexAtBirth && <Line name={say('case.sex')}>{word('sex', subject.sexAtBirth)}</Line>}
              <Line name={say('case.language')}>{word('language', subject.language)}</Line>
            </>
          )}
          {subject.message && (
            <Line name={say('case.theirMessage')}>
              <bdi className="their-words">{subject.message}</bdi>
            </Line>
          )}
        </dl>
      </div>
      {!isBrief && (
        <div className="sec">
          <h2>{say('case.case')}</h2>
          <dl className="kv">
            <Line name={say('case.portal')}>{portalName(of.portal)}</Line>
            <Line name={say('case.received')}>{received}</Line>
            {of.registration && <SentTo of={of} registration={of.registration} />}
            {of.decidedAt && (
              <Line name={say('case.decided')}>
                <Instant at={of.decidedAt} portal={of.portal} />
              </Line>
            )}
            {of.account && (
              <Line name={say('case.account')}>
                <Link to={accountPath(of.account.id)}>
                  <bdi>{of.account.username}</bdi>
                </Link>
              </Line>
            )}
            <Line name={say('case.rules')}>{say('case.rulesVersion', { version: of.policyVersion })}</Line>
          </dl>
        </div>
      )}
      {!isBrief && <Questions of={of} />}
      {of.duplicates.length > 0 && <Duplicates of={of} />}
      {of.earlierCases.length > 0 && <EarlierCases of={of} />}
    </>
  );
}

/** On which record, within which campaign, and why to another address. */
function SentTo({ of, registration }: { of: Case; registration: NonNullable<Case['registration']> }) {
  const say = useWords();
  const word = useCodeWord();
  const { addressReason, campaignId } = registration;
  return (
    <>
      {of.patientRecordId && (
        <Line name={say('case.patientRecord')}>
          <Link to={recordPath(of.patientRecordId)}>{say('case.openRecord')}</Link>
        </Line>
      )}
      {addressReason && <Line name={say('case.otherAddress')}>{word('reason', addressReason)}</Line>}
      {campaignId && (
        <Line name={say('case.campaign')}>
          <Link to={`/campaigns/${campaignId}`}>{say('case.openCampaign')}</Link>
        </Line>
      )}
    </>
  );
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Questions({ of }: { of: Case }) {
  const say = useWords();
  if (of.questions.length === 0) return null;
  return (
    <div className="sec">
      <h2>{say('case.asked')}</h2>
      {of.questions.map(({ askedAt, questions, answers, answeredAt }) => (
        <dl className="asked" key={askedAt}>
          {questions.map((question, no) => (
            <Line key={question} name={question}>
              {answeredAt ? (
                <bdi className="their-words">{answers[no]}</bdi>
              ) : (
                <span className="m">{say('case.notAnswered')}</span>
              )}
            </Line>
          ))}
        </dl>
      ))}
    </div>
  );
}

function Duplicates({ of }: { of: Case }) {
  const say = useWords(of.kind);
  return (
    <div className="sec stack">
      <h2>{say('case.duplicate')}</h2>
      {of.duplicates.map(({ caseId, accountId, label }) => (
        <div className="note due" key={caseId ?? accountId ?? label}>
          <ContentCopyOutlined className="i" />
          <div>
            {caseId && (
              <Link className="b ref" to={casePath(caseId)}>
                {label}
              </Link>
            )}
            {accountId && (
              <Link className="b" to={accountPath(accountId)}>
                <bdi>{label}</bdi>
              </Link>
            )}
            <br />
            {say(caseId ? 'case.duplicateCase' : 'case.duplicateAccount')}
          </div>
        </div>
      ))}
    </div>
  );
}

function EarlierCases({ of }: { of: Case }) {
  const say = useWords();
  return (
    <div className="sec stack">
      <h2>{say('case.earlier')}</h2>
      {of.earlierCases.map((earlier) => (
        <EarlierCase key={earlier.id} of={earlier} portal={of.portal} />
      ))}
    </div>
  );
}

function EarlierCase({ of, portal }: { of: Case['earlierCases'][number]; portal: string }) {
  const say = useWords();
  const word = useCodeWord(of.kind);
  const day = useDayOf();
  return (
    <p>
      <Link className="ref" to={casePath(of.id)}>
        {of.reference}
      </Link>
      <br />
      <span className="s">
        {say('case.earlierOne', {
          kind: word('kind', of.kind),
          state: word('state', of.state).toLowerCase(),
          at: day(of.receivedAt, portal),
        })}
      </span>
    </p>
  );
}
