import type { ReactNode, Ref } from 'react';

interface PaneProps {
  as?: 'section' | 'aside';
  className: string;
  label: string;
  isBusy?: boolean;
  ref?: Ref<HTMLElement>;
  children: ReactNode;
}

/** A part of the page that scrolls by itself. */
export function Pane({ as: Part = 'section', className, label, isBusy, ref, children }: PaneProps) {
  return (
    <Part className={className} tabIndex={0} aria-label={label} aria-busy={isBusy} ref={ref}>
      {children}
    </Part>
  );
}
