import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RouteDescriptor } from '../contract/route.ts';
import type { Asked } from './asked.ts';
import type { Dependencies } from './dependencies.ts';
import { callOf, type MountedRoute } from './handle.ts';
import { readCall } from './read-call.ts';
import { beginAnswer, noteCall, replyOfError, send } from './reply.ts';

/** What is answered piece by piece, with an end: a file's name and its text as it is made. */
export interface Download {
  fileName: string;
  headers?: Readonly<Record<string, string>>;
  pieces: AsyncIterable<string>;
}

/**
 * Ties what makes a file to its descriptor. What is refused is refused before the first piece; a file that cannot be made to its
 * end is cut off, so that nobody takes it for whole.
 */
export function handleDownload<R extends RouteDescriptor & { mediaType: string }>(
  descriptor: R,
  make: (input: Asked<R>, dependencies: Dependencies) => Promise<Download>,
): MountedRoute {
  return {
    descriptor,
    serve: async (request, response, dependencies) => {
      const startedAt = performance.now();
      const requestId = beginAnswer(response);
      let status = 200;
      try {
        const call = await readCall(descriptor, callOf(request), requestId, dependencies);
        if (call.replay) throw new Error('a download has no first answer to repeat');
        const { fileName, headers, pieces } = await make(call.input, dependencies);
        response.writeHead(status, {
          ...headers,
          'Content-Type': `${descriptor.mediaType}; charset=utf-8`,
          'Content-Disposition': `attachment; filename="${fileName}"`,
        });
        await pipeline(Readable.from(pieces), response);
      } catch (error) {
        const hasBegun = response.headersSent;
        if (!(hasBegun && isPrematureClose(error))) {
          const reply = replyOfError(error, requestId, descriptor, dependencies);
          status = reply.status;
          if (!hasBegun) send(response, reply, descriptor, request.headers, dependencies);
        }
        if (hasBegun) response.destroy();
      }
      noteCall(descriptor, status, startedAt, requestId, dependencies);
    },
  };
}

/** Whoever asked went away before the end. */
function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
