import type { StaffEvent } from '../../../../contract/schemas/events.ts';
import type { Database } from '../../../../store/database.ts';
import { changesAfter, firstSeal, lastSeal, type SealedChange } from '../../../../store/event-feed.ts';
import { liveStaffSessions } from '../../../../store/sessions.ts';
import type { StreamSink } from '../../../stream.ts';

/** One open stream. `portals` empty = all. */
export interface Follower {
  sessionId: string;
  portals: readonly string[];
  sink: StreamSink;
  lastEventId: string | undefined;
}

/** Reads the sealed changes once for all streams of a process. */
export interface EventHub {
  /** Feeds a stream from now on, or from where its `Last-Event-ID` left off; answers how to leave. */
  join(follower: Follower): () => void;
}

const hubs = new WeakMap<Database, EventHub>();

/** The hub of a process's database; it works only while somebody follows. */
export function hubOf(database: Database): EventHub {
  const known = hubs.get(database);
  if (known) return known;
  const hub = createHub(database);
  hubs.set(database, hub);
  return hub;
}

/** Sessions are looked after, and changes at the latest, this often; streams end within 1 s of their session. */
const beatMs = 600;
const commentEveryMs = 15_000;
/** Somebody who was away for longer reads everything anew. */
const mostReplayed = 5_000;

/** A stream with how far it has been told; `told` undefined while its past is still being read. */
interface Stream extends Follower {
  told: number | undefined;
  commentAt: number;
}

function createHub(database: Database): EventHub {
  const streams = new Set<Stream>();
  let stop: (() => void) | undefined;
  let isReading = false;
  let isAskedAgain = false;

  const leave = (stream: Stream) => {
    streams.delete(stream);
    if (streams.size > 0) return;
    stop?.();
    stop = undefined;
  };

  const end = (stream: Stream) => {
    stream.sink.end();
    leave(stream);
  };

  /** One reading at a time; what is asked for meanwhile is done after it. A database that is away is asked again at the next beat. */
  const read = () => {
    if (isReading) {
      isAskedAgain = true;
      return;
    }
    isReading = true;
    tellAll(database, streams)
      .catch(() => {})
      .finally(() => {
        isReading = false;
        if (isAskedAgain) {
          isAskedAgain = false;
          read();
        }
      });
  };

  const beat = () => {
    endWhatIsOver(database, streams, end).catch(() => {});
    for (const stream of streams) comment(stream);
    read();
  };

  const start = () => {
    const deaf = database.listen('events', read);
    const timer = setInterval(beat, beatMs);
    return () => {
      deaf();
      clearInterval(timer);
    };
  };

  return {
    join(follower) {
      const stream: Stream = { ...follower, told: undefined, commentAt: performance.now() + commentEveryMs };
      streams.add(stream);
      stop ??= start();
      stream.sink.write('retry: 2000\n: welcome\n\n');
      begin(database, stream)
        .then(read)
        .catch(() => end(stream)); // the browser comes again by itself
      return () => leave(stream);
    },
  };
}

/** Where a stream begins: after its last event, when that one is known and not too long ago, else now, with one `resync`. */
async function begin(database: Database, stream: Stream): Promise<void> {
  const [first, last] = await Promise.all([firstSeal(database), lastSeal(database)]);
  const { lastEventId } = stream;
  if (lastEventId === undefined) {
    stream.sink.write(`id: ${last}\n\n`); // so that the browser can say where it was, even when nothing came
    stream.told = last;
    return;
  }
  const given = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : -1;
  const isKnown = given >= first - 1 && given <= last && last - given <= mostReplayed;
  if (!isKnown) stream.sink.write(`event: resync\nid: ${last}\ndata: {}\n\n`);
  stream.told = isKnown ? given : last;
}

async function tellAll(database: Database, streams: ReadonlySet<Stream>): Promise<void> {
  for (;;) {
    const begun = [...streams].flatMap(({ told }) => (told === undefined ? [] : [told]));
    if (begun.length === 0) return;
    const from = Math.min(...begun);
    const { changes, upTo } = await changesAfter(database, from);
    if (upTo === from) return;
    for (const stream of streams) tell(stream, changes, upTo);
  }
}

function tell(stream: Stream, changes: readonly SealedChange[], upTo: number): void {
  const { told, portals } = stream;
  if (told === undefined || upTo <= told) return;
  const isSeen = ({ no, portal }: SealedChange) =>
    no > told && (portals.length === 0 || (portal !== null && portals.includes(portal)));
  const text = changes.filter(isSeen).map(eventText).join('');
  if (text !== '') stream.sink.write(text);
  stream.told = upTo;
}

function eventText({ no, resource, id, version }: SealedChange): string {
  const data: StaffEvent = { resource, id, ...(version !== null && { version }) };
  return `id: ${no}\ndata: ${JSON.stringify(data)}\n\n`;
}

async function endWhatIsOver(
  database: Database,
  streams: ReadonlySet<Stream>,
  end: (stream: Stream) => void,
): Promise<void> {
  if (streams.size === 0) return;
  const asked = [...streams];
  const live = await liveStaffSessions(database, [...new Set(asked.map(({ sessionId }) => sessionId))]);
  for (const stream of asked) if (!live.has(stream.sessionId)) end(stream);
}

/** Keeps what stands between from closing a quiet line. */
function comment(stream: Stream): void {
  const now = performance.now();
  if (now < stream.commentAt) return;
  stream.sink.write(': still here\n\n');
  stream.commentAt = now + commentEveryMs;
}
