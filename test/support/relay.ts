import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { freePort } from './free-port.ts';

/** What the relay does with a mail to an address: takes it, says 550, never says anything, or hangs up after the message. */
export type Manner = 'takes' | 'refuses' | 'is silent' | 'cuts off';

/** One whole message that was handed over, taken or cut off afterwards. */
export interface Handed {
  to: string;
  /** As in the header, without brackets. */
  messageId: string;
  mail: ParsedMail;
  wasTaken: boolean;
}

/** A mail relay for the running product: real SMTP, a manner per address, everything handed over kept in order. */
export interface Relay {
  readonly url: string;
  readonly port: number;
  readonly handed: readonly Handed[];
  /** By address; `takes` where nothing is set. */
  readonly manners: Map<string, Manner>;
  /** Between the end of a message and its receipt, ms. */
  pauseMs: number;
  to(address: string): Handed[];
  close(): Promise<void>;
}

/** Starts it on a free port of the loopback, or on `port`. */
export async function startRelay({ port: wanted }: { port?: number } = {}): Promise<Relay> {
  const port = wanted ?? (await freePort());
  const handed: Handed[] = [];
  const manners = new Map<string, Manner>();
  const state = { pauseMs: 0 };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 200,
    onRcptTo: ({ address }, _session, done) => {
      const manner = manners.get(address);
      if (manner === 'is silent') return;
      done(manner === 'refuses' ? Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }) : null);
    },
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      const isCutOff = manners.get(to) === 'cuts off';
      simpleParser(stream).then((mail) => {
        handed.push({ to, messageId: (mail.messageId ?? '').replace(/^<|>$/g, ''), mail, wasTaken: !isCutOff });
        if (isCutOff) socketOf(server, session.id)?.destroy();
        else setTimeout(done, state.pauseMs);
      }, done);
    },
  });
  server.on('error', () => undefined); // connections that end roughly are what this is for
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    handed,
    manners,
    get pauseMs() {
      return state.pauseMs;
    },
    set pauseMs(ms) {
      state.pauseMs = ms;
    },
    to: (address) => handed.filter((one) => one.to === address),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The server keeps its connections by session; its types do not say so. */
function socketOf(server: SMTPServer, sessionId: string): { destroy(): void } | undefined {
  const connections = server.connections as Iterable<{ id: string; _socket: { destroy(): void } }>;
  return [...connections].find(({ id }) => id === sessionId)?._socket;
}
