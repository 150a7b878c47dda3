import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/**
 * How the sink treats the next mails: takes them, refuses the address, hangs up right after the message (always, or once),
 * or is too busy for any.
 */
export type SinkManner = 'takes' | 'refuses' | 'cuts off' | 'cuts off once' | 'is away';

/** A mail relay inside the test: real SMTP, everything it took in memory. */
export interface MailSink {
  readonly url: string;
  readonly mails: ParsedMail[];
  manner: SinkManner;
  close(): Promise<void>;
}

/** Starts a relay on a free port of the loopback. */
export async function startMailSink(): Promise<MailSink> {
  const mails: ParsedMail[] = [];
  const state: { manner: SinkManner } = { manner: 'takes' };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onMailFrom: (_address, _session, done) => {
      if (state.manner !== 'is away') return done();
      done(Object.assign(new Error('4.3.2 not now'), { responseCode: 451 }));
    },
    onRcptTo: (_address, _session, done) => {
      if (state.manner !== 'refuses') return done();
      done(Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }));
    },
    onData: (stream, session, done) => {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        if (!state.manner.startsWith('cuts off')) return done();
        if (state.manner === 'cuts off once') state.manner = 'takes';
        connections.get(session.id)?.destroy();
      }, done);
    },
  });
  const connections = new Map<string, { destroy(): void }>();
  server.on('connect', (session: { id: string }) => {
    for (const connection of server.connections as Iterable<{ id: string; _socket: { destroy(): void } }>) {
      if (connection.id === session.id) connections.set(session.id, connection._socket);
    }
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    get manner() {
      return state.manner;
    },
    set manner(manner) {
      state.manner = manner;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
