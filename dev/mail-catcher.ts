import path from 'node:path';
import { packageRoot } from '../prisma/package-root.ts';
import { type RunningNode, startNode } from './node-process.ts';

export interface MailCatcherOptions {
  /** The mails stay here, so that they survive a restart. */
  mailDir: string;
  smtpPort: number;
  uiPort: number;
  logFile: string;
}

/** maildev on 127.0.0.1: takes every mail, sends none on, shows them on a page and at `GET /email`. Answers when it listens. */
export async function startMailCatcher({
  mailDir,
  smtpPort,
  uiPort,
  logFile,
}: MailCatcherOptions): Promise<RunningNode> {
  const script = path.join(packageRoot, 'dev', 'mail-catcher-process.mjs');
  const running = startNode({
    script,
    args: [mailDir, String(smtpPort), String(uiPort)],
    env: process.env,
    logFile,
    stopMs: 2_000,
  });
  const how = await Promise.race([running.said('listening'), running.ended]);
  if (how !== 'listening') throw new Error(`the mail catcher does not start (${how}); its log: ${logFile}`);
  return running;
}
