import type { Handed, Relay } from './relay.ts';
import { until } from './stories.ts';

/** The newest mail to an address whose text holds a pattern, and what it holds; waits for it. */
export async function mailed(relay: Relay, address: string, pattern: RegExp): Promise<{ found: string; mail: Handed }> {
  let result: { found: string; mail: Handed } | undefined;
  await until(
    () => {
      for (const mail of relay.to(address)) {
        const [found] = pattern.exec(mail.mail.text ?? '') ?? [];
        if (found !== undefined) result = { found, mail };
      }
      return result !== undefined;
    },
    20_000,
    `a mail with ${pattern} to ${address}`,
  );
  if (!result) throw new Error('no mail');
  return result;
}
