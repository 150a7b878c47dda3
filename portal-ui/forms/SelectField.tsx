import type { ReactNode } from 'react';
import type { Language } from '../../contract/words.ts';
import type { Told } from '../page.ts';
import { ErrorText } from './TextField.tsx';

interface SelectFieldProps {
  /** Also the id that errors lead to. */
  name: string;
  label: ReactNode;
  told: Told;
  language: Language;
  /** Said where nothing is chosen yet. */
  none: string;
  options: readonly { value: string; words: string }[];
}

/** One of many, in a list that opens. */
export function SelectField({ name, label, told, language, none, options }: SelectFieldProps) {
  const error = told.errors.find(({ field }) => field === name);
  return (
    <div className={error ? 'q err' : 'q'}>
      <label htmlFor={name}>{label}</label>
      <ErrorText id={name} error={error?.message} language={language} />
      <select
        id={name}
        name={name}
        defaultValue={told.typed.text(name)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-e` : undefined}
      >
        <option value="">{none}</option>
        {options.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
