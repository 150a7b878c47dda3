import type { ReactNode } from 'react';
import { pageAddress, type Visit } from '../visit.ts';

/** Where the buttons of the toolbar send what was typed, so that nothing is lost. */
export const mainFormId = 'page';

interface PageFormProps {
  visit: Visit;
  /** Below the portal; the page's own address when left out. */
  action?: string;
  /** A second form of a page is not the one the toolbar sends. */
  isSecond?: boolean;
  className?: string;
  children: ReactNode;
}

/** An ordinary form with proof that it is ours and the key that makes pressing twice harmless. */
export function PageForm({ visit, action = visit.path, isSecond = false, className, children }: PageFormProps) {
  return (
    <form
      id={isSecond ? undefined : mainFormId}
      className={className}
      method="post"
      action={pageAddress(visit, action)}
      noValidate
    >
      <input type="hidden" name="form" value={visit.formToken} />
      <input type="hidden" name="once" value={visit.formKey} />
      {children}
    </form>
  );
}
