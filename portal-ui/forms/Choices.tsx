import type { ReactNode } from 'react';
import type { Language } from '../../contract/words.ts';
import type { Told } from '../page.ts';
import { ErrorText } from './TextField.tsx';

interface ChoicesProps {
  name: string;
  legend: ReactNode;
  /** The question is not the page's heading, which stands above it. */
  isSubordinate?: boolean;
  told: Told;
  language: Language;
  /** Between the question and its hint: what the question is about. */
  lead?: ReactNode;
  hint?: ReactNode;
  choices: readonly { value: string; words: ReactNode; lang?: string; under?: ReactNode }[];
  /** Chosen before anybody chose. */
  initial?: string | undefined;
}

/** One of a few; the first choice carries the field's name as id, so that errors lead to it. */
export function Choices(props: ChoicesProps) {
  const { name, legend, isSubordinate, told, language, lead, hint, choices, initial } = props;
  const error = told.errors.find(({ field }) => field === name);
  const chosen = told.typed.text(name) || initial;
  const described = [hint && `${name}-h`, error && `${name}-e`].filter(Boolean).join(' ') || undefined;
  return (
    <fieldset className={error ? 'q err' : 'q'} aria-describedby={described}>
      <legend className={isSubordinate ? 'lab' : undefined}>{isSubordinate ? legend : <h1>{legend}</h1>}</legend>
      {lead}
      {hint && (
        <p className="hint" id={`${name}-h`}>
          {hint}
        </p>
      )}
      <ErrorText id={name} error={error?.message} language={language} />
      {choices.map(({ value, words, lang, under }, index) => (
        <div key={value}>
          <label className="pick" lang={lang}>
            <input
              type="radio"
              id={index === 0 ? name : undefined}
              name={name}
              value={value}
              defaultChecked={chosen === value}
            />
            {words}
          </label>
          {under && <div className="under">{under}</div>}
        </div>
      ))}
    </fieldset>
  );
}
