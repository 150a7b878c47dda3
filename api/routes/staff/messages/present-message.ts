import type { Message } from '../../../../contract/schemas/message.ts';
import type { MessageRow } from '../../../../store/message-list.ts';
import type { SignedInMember } from '../../../asked.ts';

/** A mail as this member may see it: without `message.read` its address is nobody's. */
export function presentMessage({ permissions }: SignedInMember): (row: MessageRow) => Message {
  const seesAddress = permissions.includes('message.read');
  const mayResend = permissions.includes('message.resend');
  return (row) => ({ ...row, to: seesAddress ? row.to : null, canResend: row.canResend && mayResend });
}
