import type { PayloadCodec } from '@temporalio/common';
import { decodePayloads } from '../../../contract/routes/staff/codec.ts';
import type { CodecPayloads } from '../../../contract/schemas/codec.ts';
import { createPayloadCodec, decodeJsonPayloads, type JsonPayload } from '../../../engine/codec.ts';
import { writeAudit } from '../../../store/audit.ts';
import { databaseNow } from '../../../store/clock.ts';
import { codecKeys } from '../../../store/key-ring.ts';
import { handle } from '../../handle.ts';

/** Opens payloads for Temporal Web; who opened how many is audited before they are told. */
export const decodePayloadsRoute = handle(decodePayloads, async ({ body, actor }, { database }) => {
  await database.transaction(async (tx) =>
    writeAudit(tx, {
      at: await databaseNow(tx),
      actor,
      action: 'payloads_decoded',
      detail: { count: body.payloads.length },
    }),
  );
  const codec = createPayloadCodec(codecKeys(database.keys));
  return { payloads: await Promise.all(body.payloads.map((payload) => decoded(codec, payload))) };
});

/** One payload that no key of ours opens stays as it came, and does not hide the others. */
async function decoded(
  codec: PayloadCodec,
  payload: CodecPayloads['payloads'][number],
): Promise<CodecPayloads['payloads'][number]> {
  try {
    const [opened] = await decodeJsonPayloads(codec, [payload as JsonPayload]);
    return { ...opened };
  } catch {
    return payload;
  }
}
