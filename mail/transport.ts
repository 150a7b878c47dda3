import type { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import { judgeFailure, receiptWithoutAddresses, type SendFailure, type SendOutcome } from './send-outcome.ts';

export type { SendOutcome } from './send-outcome.ts';

/** One mail, rendered and addressed. `messageId` is stable over every attempt (with or without angle brackets). */
export interface OutgoingMail {
  from: { name: string; address: string };
  to: string;
  subject: string;
  html: string;
  text: string;
  messageId: string;
  headers?: Record<string, string>;
}

export interface MailTransport {
  /** Hands one mail to the relay. Never throws for what the relay or the network does; `signal` ends the attempt. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<SendOutcome>;
  /** Whether the relay greets us and lets us in; for readiness, so no mail is sent. */
  verify(signal: AbortSignal): Promise<boolean>;
  /** Ends idle connections at once and busy ones when `force` is set or their mail is done. */
  close(options?: { force?: boolean }): void;
}

export interface MailTransportOptions {
  /** `smtp://[user:password@]host:port` or `smtps://…`. */
  smtpUrl: string;
  /** Refuse to speak without TLS and check the relay's certificate. Without it TLS is used where offered, unchecked. */
  requireTls: boolean;
  /** Connections kept open at most. */
  maxConnections?: number;
  /** Connecting, greeting and name look-up, milliseconds each. */
  connectTimeoutMs?: number;
  /** A relay that says nothing for this long in the middle of a mail, milliseconds. */
  socketTimeoutMs?: number;
  /** Certificates trusted besides the system's (PEM), for relays inside the house. */
  trustedCertificates?: string;
}

/** SMTP over a small pool of connections, bounded in every wait (nodemailer's own defaults reach ten minutes). */
export function createMailTransport(options: MailTransportOptions): MailTransport {
  const handovers = new WeakMap<AbortSignal, Handover>();
  const transporter = nodemailer.createTransport(poolOptions(options));
  transporter.use('stream', (mail, done) => {
    const handover = mail.data.signal && handovers.get(mail.data.signal);
    if (handover) watchMessageStream(mail.message, handover);
    done();
  });

  return {
    async send(mail, signal) {
      if (!oneAddress.test(mail.to)) return { kind: 'refused', smtpCode: 553, category: 'address' };
      if (signal.aborted) return { kind: 'unavailable', reason: 'EABORT' };
      // A signal of its own for every attempt is also its name: the stream plugin above finds the attempt by it.
      const attempt = new AbortController();
      const stopFollowing = onAbort(signal, () => attempt.abort());
      const handover: Handover = { streams: [] };
      handovers.set(attempt.signal, handover);
      try {
        const { response } = await transporter.sendMail({ ...messageOf(mail), signal: attempt.signal });
        return { kind: 'accepted', response: receiptWithoutAddresses(response) };
      } catch (failure) {
        return judgeFailure(failure as SendFailure, { handedOver: wasHandedOver(handover) });
      } finally {
        stopFollowing();
      }
    },
    verify: (signal) =>
      new Promise((resolve) => {
        const stopFollowing = onAbort(signal, () => resolve(false));
        transporter
          .verify()
          .then(Boolean, () => false)
          .then(resolve)
          .finally(stopFollowing);
      }),
    close: ({ force = false } = {}) => transporter.close({ force }),
  };
}

function poolOptions({
  smtpUrl,
  requireTls,
  maxConnections = 8,
  connectTimeoutMs = 5_000,
  socketTimeoutMs = 20_000,
  trustedCertificates,
}: MailTransportOptions) {
  return {
    url: smtpUrl,
    pool: true as const,
    maxConnections,
    maxMessages: 200,
    // A pooled connection the relay ended while idle costs one more try; nodemailer does so only before any message byte.
    maxRequeues: 1,
    idleTimeout: Math.floor(socketTimeoutMs / 2),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    socketTimeout: socketTimeoutMs,
    socketCloseTimeout: 1_000,
    requireTLS: requireTls,
    tls: {
      rejectUnauthorized: requireTls || smtpUrl.startsWith('smtps:'),
      ...(trustedCertificates === undefined ? {} : { ca: trustedCertificates }),
    },
    // Templates are text of ours: nothing in a mail may ever be read from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false as const,
  };
}

// Address lists, routes, comments and quoted parts are never ours: anything nodemailer could read as more than one
// recipient is refused before it sees it.
const oneAddress = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,255}$/u;

function messageOf({ from, to, subject, html, text, messageId, headers }: OutgoingMail) {
  return {
    from,
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject,
    html,
    text,
    messageId: `<${messageId.replace(/^<|>$/g, '')}>`,
    headers: { 'Auto-Submitted': 'auto-generated', ...headers },
    xMailer: false as const,
    textEncoding: 'quoted-printable' as const,
  };
}

/** The message streams one attempt was given; more than one when the pool took a second connection. */
interface Handover {
  streams: Readable[];
}

// The pool reads the message stream only after the relay's go-ahead to DATA, so a stream that was read is the one
// sure sign that bytes left. Errors do not tell: a cut before DATA and one after it look the same.
function watchMessageStream(message: { createReadStream(): Readable }, handover: Handover): void {
  const createReadStream = message.createReadStream.bind(message);
  message.createReadStream = () => {
    const stream = createReadStream();
    handover.streams.push(stream);
    return stream;
  };
}

const wasHandedOver = ({ streams }: Handover) => streams.some((stream) => stream.readableDidRead);

/** Listens until told to stop. `AbortSignal.any` would keep a listener on a long-lived signal for every mail. */
function onAbort(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
  return () => signal.removeEventListener('abort', act);
}
