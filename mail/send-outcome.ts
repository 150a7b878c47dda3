/** What became of one attempt to hand a mail to the relay. No field ever holds an address. */
export type SendOutcome =
  /** The relay answered 2xx after the message: it is the relay's now. */
  | { kind: 'accepted'; response: string }
  /** The relay said no for good; sending the same again is pointless. */
  | { kind: 'refused'; smtpCode: number; category: RefusalCategory }
  /** The relay certainly does not have the message; trying later is safe. */
  | { kind: 'unavailable'; reason: string }
  /** Message bytes went out and no final answer came: the relay may have it. */
  | { kind: 'unknown'; reason: string };

/** Whether the address is wrong (staff correct it), the relay's rules refuse us, or neither can be told. */
export type RefusalCategory = 'address' | 'policy' | 'other';

/** The parts of a transport error that decide; everything else in it may hold personal data and is not read. */
export interface SendFailure {
  code?: string | undefined;
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
  timeoutType?: string | undefined;
}

/**
 * Judges a failed send. `handedOver` = at least one byte of the message may have left; from there on only the relay's
 * answer to the message itself settles anything.
 */
export function judgeFailure(failure: SendFailure, { handedOver }: { handedOver: boolean }): SendOutcome {
  const smtpCode = answerToUs(failure, handedOver);
  if (smtpCode === undefined) {
    return handedOver
      ? { kind: 'unknown', reason: `cut_off_after_data:${shortReason(failure)}` }
      : neverHandedOver(failure);
  }
  if (!isPermanent(smtpCode)) return { kind: 'unavailable', reason: `deferred:${smtpCode}` };
  if (isOurOwnSetUp(failure, smtpCode)) return { kind: 'unavailable', reason: `relay_set_up:${smtpCode}` };
  return { kind: 'refused', smtpCode, category: categoryOf(failure, smtpCode) };
}

/** The relay's receipt without anything that looks like an address: code, enhanced code and queue id remain. */
export function receiptWithoutAddresses(response: string): string {
  const firstLine = response.split(/\r?\n/, 1)[0] ?? '';
  return firstLine
    .split(' ')
    .filter((word) => !word.includes('@'))
    .join(' ')
    .slice(0, 200);
}

/** The relay's negative answer to this mail, or undefined when there is none that can be trusted. */
function answerToUs({ code, command, responseCode }: SendFailure, handedOver: boolean): number | undefined {
  if (responseCode === undefined || responseCode < 400 || responseCode > 599) return undefined;
  // After the message only its own answer counts: a parting word on the connection does not say what became of it.
  if (handedOver) return code === 'EMESSAGE' && command === 'DATA' ? responseCode : undefined;
  return responseCode;
}

function neverHandedOver(failure: SendFailure): SendOutcome {
  // Refused by the client itself: the address or the message is ill-formed and stays so.
  if (failure.code === 'EENVELOPE' && failure.command === 'API') {
    return { kind: 'refused', smtpCode: 553, category: 'address' };
  }
  if (failure.code === 'EMESSAGE' && failure.command === 'MAIL FROM') {
    return { kind: 'refused', smtpCode: 552, category: 'other' };
  }
  return { kind: 'unavailable', reason: shortReason(failure) };
}

/** Node's and nodemailer's own words only (`ETIMEDOUT/GREETING_TIMEOUT`), never a message text. */
function shortReason({ code, timeoutType }: SendFailure): string {
  const known = /^[A-Z][A-Z0-9_]{2,40}$/;
  const parts = [code, timeoutType].filter((part): part is string => part !== undefined && known.test(part));
  return parts.length > 0 ? parts.join('/') : 'failed';
}

// 503 says the session was in the wrong state, not that the message was refused.
const isPermanent = (smtpCode: number) => smtpCode >= 500 && smtpCode !== 503;

// A greeting, a hello, TLS or a sign-in that fails concerns every mail, so no single one is marked as refused for it.
const perMailCommands = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);
const signInCodes = new Set([530, 534, 535, 538]);
const isOurOwnSetUp = ({ command }: SendFailure, smtpCode: number) =>
  signInCodes.has(smtpCode) || !perMailCommands.has(command ?? '');

/** By the enhanced code (RFC 3463) where the relay gives one, else by the basic one and the command it answers. */
function categoryOf({ command, response }: SendFailure, smtpCode: number): RefusalCategory {
  const enhanced = /^5\d\d[ -]5\.(\d{1,3})\.(\d{1,3})\b/.exec(response ?? '');
  if (enhanced) {
    const [, subject, detail] = enhanced;
    if (subject === '7') return 'policy';
    // 5.1.7 and 5.1.8 are about the sender's address, ours.
    if (subject === '1') return detail === '7' || detail === '8' ? 'policy' : 'address';
    if (subject === '2' && detail === '1') return 'address';
    return 'other';
  }
  if (command === 'RCPT TO') return [550, 551, 553].includes(smtpCode) ? 'address' : 'other';
  return [550, 554].includes(smtpCode) ? 'policy' : 'other';
}
