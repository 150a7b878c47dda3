import { thisWasNotMe } from '../../../contract/routes/public/not-me.ts';
import { localDate } from '../../../domain/people/dates.ts';
import { type BusinessCalendar, dayZeroOf, promisedFor } from '../../../domain/time/business-calendar.ts';
import { databaseNow } from '../../../store/clock.ts';
import { noteNotMe } from '../../../store/not-me-reports.ts';
import { cheapFloorMs } from '../../alike.ts';
import { handle } from '../../handle.ts';

export const notMeRoute = handle(
  thisWasNotMe,
  async ({ params, body, policy, actor }, { database }) => {
    await noteNotMe(database, { portal: params.portal, token: body.token, actor });
    const now = await databaseNow(database);
    return {
      status: 'noted' as const,
      headline: 'Thank you for telling us',
      nextStep: 'We stop what was under way and look at it. You do not have to do anything else.',
      lookedAtBy: endOfNextWorkingDay(now, policy),
    };
  },
  { noSoonerThanMs: cheapFloorMs },
);

/** What comes today is looked at on the next working day, whether or not the office is still open. */
function endOfNextWorkingDay(now: Date, calendar: BusinessCalendar): Date {
  const isToday = dayZeroOf(now, calendar) === localDate(now, calendar.timeZone);
  return promisedFor(now, isToday ? 1 : 0, calendar);
}
