/** A key, shown beside what it does by the style alone: it is no part of a button's name. */
export function Kbd({ children }: { children: string }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a kbd takes no focus
  return <kbd aria-hidden="true" data-shown={children} />;
}
