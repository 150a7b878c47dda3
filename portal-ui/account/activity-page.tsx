import { listOwnActivity } from '../../contract/routes/public/me.ts';
import { dateInWords, timeInWords, zoneInWords } from '../../contract/words.ts';
import { dayOf } from '../days.ts';
import { atLineStart } from '../line-start.ts';
import type { Shown } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { type Activity, activityInWords, type Day, groupedByDay } from './activity.ts';
import type { AccountPage } from './session-over.ts';
import { accountWords } from './words.ts';

const perPage = 25;
/** Lists reach to row 1,000. */
const lastPage = 1_000 / perPage;

/** Who used the account, and when; newest first, by the portal's days. */
export const activityPage: AccountPage = {
  path: '/account/activity',
  show: async (visit) => {
    const page = pageOf(visit);
    const params = { portal: visit.portal.portal };
    const { data, total } = await visit.call(listOwnActivity, { params, query: { page, perPage } });
    return activityShown(visit, { entries: data, page, hasOlder: page < lastPage && page * perPage < total });
  },
};

/** What is no page number is the first page. */
function pageOf({ query }: Visit): number {
  const asked = /^\d{1,2}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : 1;
  return Math.min(lastPage, Math.max(1, asked));
}

interface Listed {
  entries: readonly Activity[];
  page: number;
  hasOlder: boolean;
}

function activityShown(visit: Visit, { entries, page, hasOlder }: Listed): Shown {
  const words = accountWords[visit.language];
  const days = groupedByDay(entries, ({ at }) => dayOf(new Date(at), visit));
  return {
    title: words.activityTitle,
    back: { path: '/account', words: words.back },
    body: (
      <>
        <h1>{words.activityTitle}</h1>
        <p>{words.activityIntro(zoneInWords(visit.now, visit.portal.timeZone, visit.locale))}</p>
        <p className="note">
          {words.notYou} <a href={pageAddress(visit, '/not-me')}>{words.tellUs}</a>.
        </p>
        {days.length === 0 && <p>{words.nothingYet}</p>}
        {days.map((day) => (
          <DayLog key={day.day} visit={visit} day={day} />
        ))}
        {(page > 1 || hasOlder) && <Pages visit={visit} page={page} hasOlder={hasOlder} />}
      </>
    ),
  };
}

function DayLog({ visit, day: { day, entries } }: { visit: Visit; day: Day<Activity> }) {
  const { timeZone } = visit.portal;
  const isToday = day === dayOf(visit.now, visit);
  const at = new Date(entries[0]?.at ?? visit.now);
  return (
    <>
      <h2>
        {isToday
          ? accountWords[visit.language].today
          : atLineStart(dateInWords(at, timeZone, visit.locale), visit.language)}
      </h2>
      <ol className="log">
        {entries.map((entry) => (
          <li key={entry.id}>
            {activityInWords(entry, visit.language)}
            <time dateTime={entry.at}>{timeInWords(new Date(entry.at), timeZone, visit.locale)}</time>
            {entry.device !== null && <small>{entry.device}</small>}
          </li>
        ))}
      </ol>
    </>
  );
}

function Pages({ visit, page, hasOlder }: { visit: Visit; page: number; hasOlder: boolean }) {
  const words = accountWords[visit.language];
  const address = (number: number) => pageAddress(visit, `/account/activity?page=${number}`);
  return (
    <nav aria-label={words.pages}>
      <ul className="links">
        {page > 1 && (
          <li>
            <a href={address(page - 1)}>{words.newer}</a>
          </li>
        )}
        {hasOlder && (
          <li>
            <a href={address(page + 1)}>{words.older}</a>
          </li>
        )}
      </ul>
    </nav>
  );
}
