/** A member's initials; one's own are filled. Shown by the style alone: the name stands beside or in the button's label. */
export function Avatar({ name, isMe, large }: { name: string; isMe?: boolean; large?: boolean }) {
  const initials = name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase();
  return <span className={`av${isMe ? ' me' : ''}${large ? ' l' : ''}`} aria-hidden="true" data-shown={initials} />;
}
