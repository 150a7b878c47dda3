import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createMailTransport, type MailTransport, type MailTransportOptions, type OutgoingMail } from './transport.ts';

const recipient = 'canary.person@mail.example';
const mail: OutgoingMail = {
  from: { name: 'Harborview MyHealth', address: 'myhealth@harborview.example' },
  to: recipient,
  subject: 'Your access code for Harborview MyHealth',
  html: '<p>Hello, señora</p>',
  text: 'Hello, señora',
  messageId: '<0198-a@gatehouse.example>',
};
const patience = () => AbortSignal.timeout(8_000);

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

describe('a relay that answers', () => {
  it('accepted: exactly the given sender, recipient and Message-ID, nothing of ours besides', async () => {
    const { port, received } = await relay();
    const outcome = await transportTo(port).send({ ...mail, headers: { 'X-Entity-Ref-ID': 'a1' } }, patience());

    expect(outcome).toMatchObject({ kind: 'accepted' });
    const [source] = received;
    expect(source?.to).toEqual([recipient]);
    const parsed = await simpleParser(source?.text ?? '');
    expect(parsed.messageId).toBe('<0198-a@gatehouse.example>');
    expect(parsed.subject).toBe(mail.subject);
    expect(parsed.text?.trim()).toBe('Hello, señora');
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(parsed.headers.get('x-entity-ref-id')).toBe('a1');
    expect(parsed.headers.has('x-mailer')).toBe(false);
    expect(parsed.from?.text).toBe('"Harborview MyHealth" <myhealth@harborview.example>');
  });

  it.each([
    'a@mail.example, b@mail.example',
    'a@mail.example>\r\nRCPT TO:<b@mail.example',
    'A <a@mail.example>',
    'a',
    '',
  ])('what is not one plain address (%j) is refused without speaking to the relay', async (to) => {
    const { port, received } = await relay();
    const outcome = await transportTo(port).send({ ...mail, to }, patience());
    expect(outcome).toEqual({ kind: 'refused', smtpCode: 553, category: 'address' });
    expect(received).toEqual([]);
  });

  it.each([
    ['550 5.1.1 no such user canary.person@mail.example', { kind: 'refused', smtpCode: 550, category: 'address' }],
    ['550 no such user canary.person@mail.example', { kind: 'refused', smtpCode: 550, category: 'address' }],
    ['550 5.7.1 blocked', { kind: 'refused', smtpCode: 550, category: 'policy' }],
    ['552 5.2.2 mailbox full', { kind: 'refused', smtpCode: 552, category: 'other' }],
    ['451 4.7.1 greylisted canary.person@mail.example', { kind: 'unavailable', reason: 'deferred:451' }],
    ['530 5.7.0 authentication required', { kind: 'unavailable', reason: 'relay_set_up:530' }],
    ['503 5.5.1 bad sequence', { kind: 'unavailable', reason: 'deferred:503' }],
  ])('RCPT answered %s', async (answer, expected) => {
    const port = await rawRelay({ rcpt: answer });
    const outcome = await transportTo(port).send(mail, patience());
    expect(outcome).toEqual(expected);
    expect(JSON.stringify(outcome)).not.toContain('canary');
  });

  it.each([
    ['554 5.7.1 spam', { kind: 'refused', smtpCode: 554, category: 'policy' }],
    ['452 4.3.1 disk full', { kind: 'unavailable', reason: 'deferred:452' }],
    ['421 4.3.2 going down', { kind: 'unavailable', reason: 'deferred:421' }],
  ])('the message itself answered %s is a clear answer', async (answer, expected) => {
    const port = await rawRelay({ message: answer });
    expect(await transportTo(port).send(mail, patience())).toEqual(expected);
  });

  it('a receipt keeps the queue id and drops addresses', async () => {
    const port = await rawRelay({ message: `250 2.0.0 <${recipient}> queued as 4Xy1` });
    expect(await transportTo(port).send(mail, patience())).toEqual({
      kind: 'accepted',
      response: '250 2.0.0 queued as 4Xy1',
    });
  });

  it('slow but steady is still accepted', async () => {
    const port = await rawRelay({ delayMs: 60 });
    expect(await transportTo(port, { socketTimeoutMs: 1_000 }).send(mail, patience())).toMatchObject({
      kind: 'accepted',
    });
  });

  it('a relay that refuses us at the greeting refuses no mail', async () => {
    const port = await rawRelay({ greeting: '554 5.7.1 no service for you' });
    expect(await transportTo(port).send(mail, patience())).toMatchObject({ kind: 'unavailable' });
  });
});

describe('a relay that does not answer', () => {
  it('nobody listens: unavailable', async () => {
    const port = await rawRelay({});
    await cleanUps.pop()?.();
    expect(await transportTo(port).send(mail, patience())).toMatchObject({ kind: 'unavailable' });
  });

  it.each([
    ['after connect', { greeting: silence }],
    ['after hello', { hello: silence }],
    ['after RCPT', { rcpt: silence }],
    ['after the DATA command', { data: silence }],
  ])('silent %s: nothing was handed over', async (_when, script) => {
    const port = await rawRelay(script);
    const outcome = await transportTo(port).send(mail, patience());
    expect(outcome).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('ETIMEDOUT') });
  });

  it.each([
    ['greeting', { greeting: hangUp }],
    ['RCPT', { rcpt: hangUp }],
    ['the DATA command', { data: hangUp }],
  ])('hangs up at %s: nothing was handed over', async (_when, script) => {
    const port = await rawRelay(script);
    expect(await transportTo(port).send(mail, patience())).toMatchObject({ kind: 'unavailable' });
  });

  it('silent after the final dot: unknown', async () => {
    const port = await rawRelay({ message: silence });
    expect(await transportTo(port).send(mail, patience())).toEqual({
      kind: 'unknown',
      reason: 'cut_off_after_data:ETIMEDOUT/SOCKET_TIMEOUT',
    });
  });

  it.each([
    ['closes', hangUp],
    ['resets', reset],
    ['says half a word and closes', halfAnswer],
  ])('%s the connection right after the final dot: unknown, and the message is sent once', async (_how, message) => {
    const log: string[] = [];
    const port = await rawRelay({ message, log });
    const outcome = await transportTo(port).send(mail, patience());
    expect(outcome).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('cut_off_after_data') });
    await new Promise((resolve) => setTimeout(resolve, 300)); // longer than the pool would wait before a second try
    expect(log.filter((line) => line === '.')).toHaveLength(1);
  });

  it('an idle connection dropped by the relay does not lose or double the next mail', async () => {
    const log: string[] = [];
    const port = await rawRelay({ log, hangUpAfterMails: 1 });
    const transport = transportTo(port);
    expect(await transport.send(mail, patience())).toMatchObject({ kind: 'accepted' });
    expect(await transport.send(mail, patience())).toMatchObject({ kind: 'accepted' });
    expect(log.filter((line) => line === '.')).toHaveLength(2);
  });
});

describe('aborting', () => {
  it('before DATA: unavailable at once; after the final dot: unknown at once', async () => {
    const before = await rawRelay({ rcpt: silence });
    const after = await rawRelay({ message: silence });
    const startedAt = performance.now();
    const outcomes = await Promise.all([
      transportTo(before, { socketTimeoutMs: 6_000 }).send(mail, AbortSignal.timeout(300)),
      transportTo(after, { socketTimeoutMs: 6_000 }).send(mail, AbortSignal.timeout(300)),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unavailable', 'unknown']);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('an already aborted send touches nothing', async () => {
    const log: string[] = [];
    const port = await rawRelay({ log });
    expect(await transportTo(port).send(mail, AbortSignal.abort())).toMatchObject({ kind: 'unavailable' });
    expect(log).toEqual([]);
  });

  it('does not break the mails around it, on a single connection', async () => {
    let mails = 0;
    const { port, received } = await relay({
      onData(stream, _session, done) {
        mails += 1;
        stream.resume();
        if (mails !== 2) stream.on('end', () => done()); // the second mail is never answered
      },
    });
    const transport = transportTo(port, { maxConnections: 1, socketTimeoutMs: 6_000 });
    expect(await transport.send(mail, patience())).toMatchObject({ kind: 'accepted' });
    const aborted = transport.send(mail, AbortSignal.timeout(300));
    const queued = transport.send(mail, patience());
    expect(await aborted).toMatchObject({ kind: 'unknown' });
    expect(await queued).toMatchObject({ kind: 'accepted' });
    expect(await transport.send(mail, patience())).toMatchObject({ kind: 'accepted' });
    expect(mails).toBe(4);
    expect(received).toEqual([]);
  });

  it('a mail still queued behind others is unavailable when its time is up', async () => {
    const port = await rawRelay({ rcpt: silence });
    const transport = transportTo(port, { maxConnections: 1, socketTimeoutMs: 6_000 });
    const first = transport.send(mail, AbortSignal.timeout(500));
    expect(await transport.send(mail, AbortSignal.timeout(100))).toMatchObject({ kind: 'unavailable' });
    expect(await first).toMatchObject({ kind: 'unavailable' });
  });
});

describe('encryption', () => {
  it('demanded but not offered: nothing leaves', async () => {
    const { port, received } = await relay({ hideSTARTTLS: true });
    expect(await transportTo(port, { requireTls: true }).send(mail, patience())).toMatchObject({ kind: 'unavailable' });
    expect(received).toEqual([]);
  });

  it('demanded, but the certificate is nobody we trust: nothing leaves', async () => {
    const { port, received } = await relay({ hideSTARTTLS: false });
    expect(await transportTo(port, { requireTls: true }).send(mail, patience())).toMatchObject({ kind: 'unavailable' });
    expect(received).toEqual([]);
  });

  it('not demanded but offered: used', async () => {
    const { port, received } = await relay({ hideSTARTTLS: false });
    expect(await transportTo(port).send(mail, patience())).toMatchObject({ kind: 'accepted' });
    expect(received[0]?.secure).toBe(true);
  });
});

describe('verify', () => {
  it('tells a relay that greets from one that does not', async () => {
    const { port } = await relay();
    const deaf = await rawRelay({ greeting: silence });
    expect(await transportTo(port).verify(patience())).toBe(true);
    expect(await transportTo(deaf).verify(patience())).toBe(false);
    expect(await transportTo(deaf, { connectTimeoutMs: 5_000 }).verify(AbortSignal.timeout(50))).toBe(false);
  });
});

function transportTo(port: number, options: Partial<MailTransportOptions> = {}): MailTransport {
  const transport = createMailTransport({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    requireTls: false,
    connectTimeoutMs: 500,
    socketTimeoutMs: 500,
    ...options,
  });
  cleanUps.push(() => transport.close({ force: true }));
  return transport;
}

/** A whole SMTP server that keeps what it is given. */
async function relay(options: SMTPServerOptions = {}) {
  const received: { to: string[]; text: string; secure: boolean }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    hideSTARTTLS: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, text: Buffer.concat(chunks).toString('utf8'), secure: session.secure });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined); // clients that hang up in the middle are what is being tested
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: portOf(server.server as net.Server), received };
}

type Step = string | ((socket: net.Socket) => void);

interface Script {
  greeting?: Step;
  hello?: Step;
  rcpt?: Step;
  data?: Step;
  message?: Step;
  delayMs?: number;
  hangUpAfterMails?: number;
  log?: string[];
}

function silence() {}
function hangUp(socket: net.Socket) {
  socket.end();
}
function reset(socket: net.Socket) {
  socket.resetAndDestroy();
}
function halfAnswer(socket: net.Socket) {
  socket.end('25');
}

/** A relay that answers by script, to misbehave at one exact point. */
async function rawRelay(script: Script): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    converse(socket, script);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return portOf(server);
}

function converse(socket: net.Socket, script: Script) {
  const { delayMs = 0, log = [] } = script;
  const answer = (step: Step) => {
    if (typeof step === 'string') setTimeout(() => socket.writable && socket.write(`${step}\r\n`), delayMs);
    else step(socket);
  };
  let inMessage = false;
  let rest = '';
  let mails = 0;
  answer(script.greeting ?? '220 relay.example');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (inMessage && line !== '.') continue;
      log.push(line);
      if (line === '.') {
        inMessage = false;
        mails += 1;
        answer(script.message ?? '250 2.0.0 queued');
        if (mails === script.hangUpAfterMails) setTimeout(() => socket.destroy(), 20);
      } else if (line.startsWith('EHLO')) answer(script.hello ?? '250 relay.example');
      else if (line.startsWith('RCPT')) answer(script.rcpt ?? '250 ok');
      else if (line === 'DATA') {
        inMessage = script.data === undefined;
        answer(script.data ?? '354 go ahead');
      } else answer('250 ok');
    }
  });
}

function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
