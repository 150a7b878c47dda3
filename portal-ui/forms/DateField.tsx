import type { ReactNode } from 'react';
import type { Language } from '../../contract/words.ts';
import type { Told } from '../page.ts';
import { formWords } from '../words/forms.ts';
import { ErrorText } from './TextField.tsx';

/** The ids of the three parts; errors lead to the first wrong one. */
export const dateParts = { month: 'm', day: 'd', year: 'y' } as const;

interface DateFieldProps {
  legend: ReactNode;
  told: Told;
  language: Language;
  hint: ReactNode;
  /** The question is the page's heading. */
  isHeading?: boolean;
  /** `YYYY-MM-DD` given before. */
  initial?: string | undefined;
}

/** A date of birth in three fields, as people say it. */
export function DateField({ legend, told, language, hint, isHeading, initial }: DateFieldProps) {
  const words = formWords[language];
  const ids: readonly string[] = Object.values(dateParts);
  const error = told.errors.find(({ field }) => ids.includes(field));
  const [year, month, day] = initial?.split('-').map((part) => String(Number(part))) ?? [];
  const part = (name: 'month' | 'day' | 'year', width: string, given: string | undefined) => (
    <div>
      <label htmlFor={dateParts[name]}>{words[name]}</label>
      <input
        className={width}
        id={dateParts[name]}
        name={name}
        inputMode={name === 'month' ? undefined : 'numeric'}
        autoComplete={`bday-${name}`}
        defaultValue={told.typed.text(name) || given}
        aria-invalid={error ? true : undefined}
      />
    </div>
  );
  return (
    <fieldset className={error ? 'q err' : 'q'} aria-describedby={error ? `dob-h ${error.field}-e` : 'dob-h'}>
      <legend className={isHeading ? undefined : 'lab'}>{isHeading ? <h1>{legend}</h1> : legend}</legend>
      <p className="hint" id="dob-h">
        {hint}
      </p>
      <ErrorText id={error?.field ?? 'dob'} error={error?.message} language={language} />
      <div className="date">
        {language === 'es' ? part('day', 'w2', day) : part('month', 'w4', month)}
        {language === 'es' ? part('month', 'w4', month) : part('day', 'w2', day)}
        {part('year', 'w4', year)}
      </div>
    </fieldset>
  );
}
