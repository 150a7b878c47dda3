/**
 * The token in what somebody pasted: the whole link of our mail, or what stands behind its `#`. Undefined when it cannot be one.
 * Whether it is one of ours, only the server's answer could tell, and that is always alike.
 */
export function readToken(typed: string): string | undefined {
  const bare = typed.replace(/[\s\p{Cf}<>]/gu, '');
  const token = bare.slice(bare.lastIndexOf('#') + 1);
  return /^[\w-]{20,200}$/.test(token) ? token : undefined;
}
