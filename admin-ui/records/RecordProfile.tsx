import CallMergeOutlined from '@mui/icons-material/CallMergeOutlined';
import LockPersonOutlined from '@mui/icons-material/LockPersonOutlined';
import PersonOffOutlined from '@mui/icons-material/PersonOffOutlined';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { currentTime } from '../parts/clock.ts';
import { Email } from '../parts/Email.tsx';
import { usePortalName } from '../parts/portals.ts';
import { Instant } from '../parts/time.tsx';
import { ageInYears, dateInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { type PatientRecord, recordPath } from './records.ts';

/** What the organisation has of a person; first what is out of the ordinary. */
export function RecordProfile({ of }: { of: PatientRecord }) {
  const say = useWords();
  const [language] = useLanguage();
  const portalName = usePortalName();
  const born = of.deceasedOn === null ? ageInYears(of.dateOfBirth, currentTime()) : undefined;
  return (
    <>
      <RecordNotes of={of} />
      <div className="sec">
        <h2>{say('records.person')}</h2>
        <dl className="kv wider-names">
          <Fact name={say('records.born')}>
            {dateInWords(of.dateOfBirth, language)}{' '}
            {born !== undefined && <span className="m">{say('records.age', { age: born })}</span>}
          </Fact>
          <Fact name={say('records.email')}>{of.email && <Email of={of.email} />}</Fact>
          <Fact name={say('records.postal')}>{of.postalCode}</Fact>
          <Fact name={say('records.sex')}>{of.sex}</Fact>
        </dl>
      </div>
      <div className="sec">
        <h2>{say('records.record')}</h2>
        <dl className="kv wider-names">
          <Fact name={say('records.col.mrn')}>{of.mrn}</Fact>
          <Fact name={say('records.portal')}>{portalName(of.portal)}</Fact>
          <Fact name={say('records.practice')}>{of.practice}</Fact>
          <Fact name={say('records.provider')}>{of.primaryCareProvider}</Fact>
          <Fact name={say('records.imported')}>
            <Instant at={of.importedAt} portal={of.portal} />
          </Fact>
          {of.updatedAt !== of.importedAt && (
            <Fact name={say('records.updated')}>
              <Instant at={of.updatedAt} portal={of.portal} />
            </Fact>
          )}
        </dl>
      </div>
    </>
  );
}

function RecordNotes({ of }: { of: PatientRecord }) {
  const say = useWords();
  const [language] = useLanguage();
  if (!of.deceasedOn && !of.confidential && !of.mergedInto) return null;
  return (
    <div className="sec stack">
      {of.deceasedOn && (
        <div className="note late">
          <PersonOffOutlined className="i" />
          <span>
            <b>{say('records.deceasedOn', { on: dateInWords(of.deceasedOn, language) })}.</b>{' '}
            {say('records.deceasedWhy')}
          </span>
        </div>
      )}
      {of.mergedInto && (
        <div className="note due">
          <CallMergeOutlined className="i" />
          <span>
            <b>{say('records.merged')}.</b> {say('records.mergedWhy')}{' '}
            <Link to={recordPath(of.mergedInto)}>{say('records.surviving')}</Link>
          </span>
        </div>
      )}
      {of.confidential && (
        <div className="note">
          <LockPersonOutlined className="i" />
          <span>
            <b>{say('records.confidential')}.</b> {say('records.confidentialWhy')}
          </span>
        </div>
      )}
    </div>
  );
}

/** A name and what it is; what is missing is said so. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  const say = useWords();
  const isMissing = children === null || children === '';
  return (
    <>
      <dt>{name}</dt>
      <dd>{isMissing ? <span className="m">{say('said.notGiven')}</span> : <bdi>{children}</bdi>}</dd>
    </>
  );
}
