import { thisWasNotMe } from '../../../contract/routes/public/not-me.ts';
import { noteNotMe } from '../../../store/not-me-reports.ts';
import { cheapFloorMs } from '../../alike.ts';
import { handle } from '../../handle.ts';

export const notMeRoute = handle(
  thisWasNotMe,
  async ({ params, body, actor }, { database }) => {
    await noteNotMe(database, { portal: params.portal, token: body.token, actor });
    return {
      status: 'noted' as const,
      headline: 'Thank you for telling us',
      nextStep: 'We stop what was under way and look at it. You do not have to do anything else.',
    };
  },
  { noSoonerThanMs: cheapFloorMs },
);
