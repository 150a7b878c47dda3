import type { ReactNode } from 'react';
import type { Language } from '../../contract/words.ts';
import type { Told } from '../page.ts';
import { ErrorText } from './TextField.tsx';

interface FieldGroupProps {
  /** Errors that are about the group as a whole lead to this id. */
  id: string;
  legend: ReactNode;
  told: Told;
  language: Language;
  hint?: ReactNode;
  /** The question is the page's heading. */
  isHeading?: boolean;
  children: ReactNode;
}

/** Fields that are one question and are judged together: which of them is wrong is not told. */
export function FieldGroup({ id, legend, told, language, hint, isHeading, children }: FieldGroupProps) {
  const error = told.errors.find(({ field }) => field === id);
  const described = [hint && `${id}-h`, error && `${id}-e`].filter(Boolean).join(' ') || undefined;
  return (
    <fieldset id={id} tabIndex={-1} className={error ? 'q err' : 'q'} aria-describedby={described}>
      <legend className={isHeading ? undefined : 'lab'}>{isHeading ? <h1>{legend}</h1> : legend}</legend>
      {hint && (
        <p className="hint" id={`${id}-h`}>
          {hint}
        </p>
      )}
      <ErrorText id={id} error={error?.message} language={language} />
      {children}
    </fieldset>
  );
}
