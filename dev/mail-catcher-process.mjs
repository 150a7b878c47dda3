// maildev as a process of its own: node dev/mail-catcher-process.mjs <folder> <SMTP port> <page's port>
import { mkdirSync } from 'node:fs';
import MailDev from 'maildev';
import web from 'maildev/lib/web.js';

/** The oldest mails make room, so that a load test does not fill memory and disk. */
const KEPT_MAILS = 5_000;

const [mailDirectory, smtp, page] = process.argv.slice(2);
mkdirSync(mailDirectory, { recursive: true, mode: 0o700 });
for (const end of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(end, () => process.exit(0)); // mails are on disk

const maildev = new MailDev({ smtp, web: page, ip: '127.0.0.1', mailDirectory, silent: true });
sortOnceLoaded();
maildev.on('new', () => {
  if (maildev.store.length > KEPT_MAILS) maildev.deleteEmail(maildev.store[0].id, () => undefined);
});
await Promise.all([maildev.listen(), webListens()]);
process.send?.('listening');

/** Kept mails are read in no order; the page and `GET /email` show the store as it stands. */
function sortOnceLoaded() {
  const sort = () => maildev.store.sort((one, other) => new Date(one.time) - new Date(other.time));
  for (const delayMs of [500, 3_000]) setTimeout(sort, delayMs).unref();
}

function webListens() {
  if (web.server.listening) return undefined;
  return new Promise((resolve) => {
    web.server.once('listening', resolve);
  });
}
