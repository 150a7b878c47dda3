import { performance } from 'node:perf_hooks';
import type { Response } from 'express';
import type { RouteDescriptor } from '../contract/route.ts';
import type { Asked } from './asked.ts';
import type { Dependencies } from './dependencies.ts';
import { callOf, type MountedRoute } from './handle.ts';
import { readCall } from './read-call.ts';
import { beginAnswer, noteCall, replyOfError, send } from './reply.ts';

/** Where a stream writes; `closed` is called back once, whoever ends it. */
export interface StreamSink {
  write(text: string): void;
  end(): void;
  closed(back: () => void): void;
}

/** Ties what feeds an endless answer (`text/event-stream`) to its descriptor. It is refused like any other call before it begins. */
export function handleStream<R extends RouteDescriptor>(
  descriptor: R,
  feed: (input: Asked<R> & { lastEventId: string | undefined }, sink: StreamSink, dependencies: Dependencies) => void,
): MountedRoute {
  return {
    descriptor,
    serve: async (request, response, dependencies) => {
      const startedAt = performance.now();
      const requestId = beginAnswer(response);
      try {
        const call = await readCall(descriptor, callOf(request), requestId, dependencies);
        if (call.replay) throw new Error('a stream has no first answer to repeat');
        const { input } = call;
        response.writeHead(200, {
          'Content-Type': 'text/event-stream; charset=utf-8',
          'Cache-Control': 'no-store, no-transform',
          'X-Accel-Buffering': 'no',
        });
        response.flushHeaders();
        request.socket.setTimeout(0);
        const lastEventId = request.headers['last-event-id'];
        feed(
          { ...input, lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined },
          sinkOf(response),
          dependencies,
        );
        noteCall(descriptor, 200, startedAt, requestId, dependencies);
      } catch (error) {
        const reply = replyOfError(error, requestId, descriptor, dependencies);
        send(response, reply, descriptor, request.headers, dependencies);
        noteCall(descriptor, reply.status, startedAt, requestId, dependencies);
      }
    },
  };
}

/** Where the application keeps the streams it has open, among its `locals`. */
export const openStreams = 'openStreams';

function sinkOf(response: Response): StreamSink {
  const streams: Set<Response> = response.app.locals[openStreams];
  streams.add(response);
  response.once('close', () => streams.delete(response));
  return {
    write: (text) => void response.write(text),
    end: () => void response.end(),
    closed: (back) => void response.once('close', back),
  };
}
