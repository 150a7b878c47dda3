import type { ReactNode } from 'react';
import type { WireResult } from '../../contract/route.ts';
import type { readMe } from '../../contract/routes/public/me.ts';
import { plainDateInWords, timeInWords } from '../../contract/words.ts';
import { MaskedAddress } from '../activate/masked-address.tsx';
import { languageName } from '../apply/questions.tsx';
import { dayOf } from '../days.ts';
import { CallUs } from '../layout/CallUs.tsx';
import type { Shown } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { type Activity, activityInWords } from './activity.ts';
import { takeSaved } from './saved.tsx';
import { accountWords } from './words.ts';

/** The own account as the API tells it. */
export type Me = WireResult<typeof readMe>;

/** Everything of the own account that can be seen and changed. */
export function overviewShown(visit: Visit, me: Me, latest: readonly Activity[]): Shown {
  const words = accountWords[visit.language];
  return {
    title: words.title,
    body: (
      <>
        <h1>{words.title}</h1>
        {takeSaved(visit, me.language)}
        <HowSignIn visit={visit} me={me} />
        <HowWeWrite visit={visit} me={me} />
        <WherePatient visit={visit} me={me} />
        <h2>{words.latest}</h2>
        {latest.length === 0 && <p>{words.nothingYet}</p>}
        <ol className="log">
          {latest.map((entry) => (
            <li key={entry.id}>
              {activityInWords(entry, visit.language)}
              <time dateTime={entry.at}>{whenInWords(new Date(entry.at), visit)}</time>
            </li>
          ))}
        </ol>
        <p>
          <a href={pageAddress(visit, '/account/activity')}>{words.seeAll}</a>
        </p>
      </>
    ),
  };
}

function HowSignIn({ visit, me }: { visit: Visit; me: Me }) {
  const words = accountWords[visit.language];
  const changedOn = dateWords(new Date(me.passwordChangedAt), visit);
  return (
    <>
      <h2>{words.howSignIn}</h2>
      <dl className="rows">
        <Row term={words.username}>{me.username}</Row>
        <Row
          term={words.password}
          change={<Change visit={visit} path="/account/password" what={words.changePassword} />}
        >
          {words.lastChanged(changedOn)}
        </Row>
        <Row term={words.email} change={<Change visit={visit} path="/account/email" what={words.changeEmail} />}>
          {me.email}
          {me.pendingEmailHint !== null && (
            <>
              <br />
              {words.pending} <MaskedAddress hint={me.pendingEmailHint} language={visit.language} />{' '}
              <a href={pageAddress(visit, '/account/email-code')}>{words.typeNumbers}</a>
            </>
          )}
        </Row>
      </dl>
    </>
  );
}

function HowWeWrite({ visit, me }: { visit: Visit; me: Me }) {
  const words = accountWords[visit.language];
  const mayChoose = visit.portal.languages.length > 1;
  return (
    <>
      <h2>{words.howWrite}</h2>
      <dl className="rows">
        <Row term={words.notices} change={<Change visit={visit} path="/account/notices" what={words.changeNotices} />}>
          {me.notifyByEmail ? words.yes : words.no}
        </Row>
        <Row
          term={words.language}
          change={mayChoose && <Change visit={visit} path="/account/language" what={words.changeLanguage} />}
        >
          <span lang={me.language}>{languageName(me.language)}</span>
        </Row>
      </dl>
      <p className="hint">{words.safetyEmails}</p>
    </>
  );
}

function WherePatient({ visit, me }: { visit: Visit; me: Me }) {
  const words = accountWords[visit.language];
  return (
    <>
      <h2>{words.wherePatient}</h2>
      {me.limited && (
        <div className="card">
          <p className="state">{words.limited}</p>
          <p>
            {words.limitedText} <CallUs visit={visit} />
          </p>
        </div>
      )}
      {me.enrollments.length > 0 && (
        <dl className="rows">
          {me.enrollments.map(({ id, practice, endedAt, opens }) => (
            <Row key={id} term={practice ?? visit.portal.name}>
              {endedAt === null ? opensInWords(opens, visit) : words.endedOn(dateWords(new Date(endedAt), visit))}
            </Row>
          ))}
        </dl>
      )}
    </>
  );
}

function opensInWords({ messages, record }: Me['enrollments'][number]['opens'], { language }: Visit): string {
  const words = accountWords[language];
  if (record === 'all') return messages ? words.opensAll : words.opensRecordAll;
  if (record === 'some') return messages ? words.opensSome : words.opensRecordSome;
  return messages ? words.opensMessages : words.opensNothing;
}

function Row({ term, children, change }: { term: string; children: ReactNode; change?: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
      {change && <dd className="do">{change}</dd>}
    </div>
  );
}

function Change({ visit, path, what }: { visit: Visit; path: string; what: string }) {
  return (
    <a href={pageAddress(visit, path)}>
      {accountWords[visit.language].change}
      <span className="vh"> {what}</span>
    </a>
  );
}

function dateWords(at: Date, visit: Visit): string {
  return plainDateInWords(dayOf(at, visit), visit.locale);
}

/** "Today, 3:58 pm", "November 16, 2026, 10:14 am". */
function whenInWords(at: Date, visit: Visit): string {
  const isToday = dayOf(at, visit) === dayOf(visit.now, visit);
  const day = isToday ? accountWords[visit.language].today : dateWords(at, visit);
  return `${day}, ${timeInWords(at, visit.portal.timeZone, visit.locale)}`;
}
