import { z } from 'zod';

/** Payloads as Temporal Web posts them to a codec server: protobuf JSON, bytes as base64. */
export const codecPayloads = z
  .looseObject({
    payloads: z
      .array(
        z.looseObject({
          metadata: z.record(z.string(), z.string()).optional(),
          data: z.string().optional(),
        }),
      )
      .max(10_000),
  })
  .meta({ id: 'CodecPayloads' });
export type CodecPayloads = z.output<typeof codecPayloads>;
