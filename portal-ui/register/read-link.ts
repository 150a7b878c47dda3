/**
 * The secret in what somebody pasted: the whole link of our mail, or the 43 characters behind its `#`. Undefined when it cannot be
 * one. Whether it is one of ours and still works is for the API to say.
 */
export function readLink(typed: string): string | undefined {
  const bare = typed.replace(/[\s\p{Cf}<>]/gu, '');
  const secret = bare.slice(bare.lastIndexOf('#') + 1);
  return /^[\w-]{43}$/.test(secret) ? secret : undefined;
}
