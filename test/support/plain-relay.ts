import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** One message that was handed over. */
export interface HandedOver {
  to: string;
  /** As in the header, without brackets. */
  messageId: string;
}

/** A mail relay that takes everything and reads no more of it than whose it is: for thousands of mails. */
export interface PlainRelay {
  readonly url: string;
  readonly handed: readonly HandedOver[];
  close(): Promise<void>;
}

/** Starts it on a free port of the loopback. */
export async function startPlainRelay(): Promise<PlainRelay> {
  const handed: HandedOver[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 200,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('latin1');
        const messageId = /^Message-ID: *<(.*)>/im.exec(text)?.[1] ?? '';
        handed.push({ to: session.envelope.rcptTo[0]?.address ?? '', messageId });
        done();
      });
    },
  });
  server.on('error', () => undefined); // a killed worker ends its connections roughly
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    handed,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
