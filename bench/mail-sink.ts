import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** A relay that takes every mail at once and keeps of it only the access code, by the address it went to. */
export interface MailSink {
  readonly url: string;
  /** Mails taken so far. */
  readonly taken: number;
  /** The code mailed to an address, now or within `withinMs`. Each is handed out once. */
  codeFor(address: string, withinMs: number): Promise<string>;
  close(): Promise<void>;
}

const accessCode = /(?<![0-9A-Z-])(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}(?![0-9A-Z-])/;

/** Speaks just as much SMTP as a pooled client needs, on a free port of 127.0.0.1. */
export async function startMailSink(): Promise<MailSink> {
  const codes = new Map<string, string>();
  const waiting = new Map<string, (code: string) => void>();
  const sockets = new Set<Socket>();
  let taken = 0;

  const take = (recipient: string, message: string) => {
    taken += 1;
    const code = accessCode.exec(message)?.[0];
    if (code === undefined) return;
    const hand = waiting.get(recipient);
    if (hand) hand(code);
    else codes.set(recipient, code);
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    converse(socket, take);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    get taken() {
      return taken;
    },
    codeFor: (address, withinMs) => {
      const there = codes.get(address);
      if (there !== undefined) {
        codes.delete(address);
        return Promise.resolve(there);
      }
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          waiting.delete(address);
          reject(new Error(`no code was mailed within ${withinMs} ms`));
        }, withinMs);
        waiting.set(address, (code) => {
          clearTimeout(giveUp);
          waiting.delete(address);
          resolve(code);
        });
      });
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function converse(socket: Socket, take: (recipient: string, message: string) => void): void {
  let rest = '';
  let recipient = '';
  let isMessage = false;
  socket.setNoDelay(true);
  socket.setEncoding('latin1');
  socket.write('220 sink ESMTP\r\n');
  socket.on('data', (chunk: string) => {
    rest += chunk;
    for (;;) {
      const end = isMessage ? rest.indexOf('\r\n.\r\n') : rest.indexOf('\r\n');
      if (end < 0) return;
      const part = rest.slice(0, end);
      rest = rest.slice(end + (isMessage ? 5 : 2));
      if (isMessage) {
        isMessage = false;
        take(recipient, part);
        socket.write('250 taken\r\n');
        continue;
      }
      const verb = part.slice(0, 4).toUpperCase();
      if (verb === 'RCPT') recipient = /<([^>]*)>/.exec(part)?.[1] ?? '';
      if (verb === 'DATA') isMessage = true;
      socket.write(verb === 'DATA' ? '354 go on\r\n' : verb === 'QUIT' ? '221 bye\r\n' : '250 sink\r\n');
      if (verb === 'QUIT') socket.end();
    }
  });
}
