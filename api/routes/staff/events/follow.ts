import { followEvents } from '../../../../contract/routes/staff/events.ts';
import { handleStream } from '../../../stream.ts';
import { hubOf } from './hub.ts';

/** What changes, as server-sent events, over the portals the member may see. */
export const followEventsRoute = handleStream(followEvents, ({ member, lastEventId }, sink, { database }) => {
  const follower = { sessionId: member.sessionId, portals: member.portals, sink, lastEventId };
  const leave = hubOf(database).join(follower);
  sink.closed(leave);
});
