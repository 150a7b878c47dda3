import type { InputHTMLAttributes, ReactNode } from 'react';
import type { Language } from '../../contract/words.ts';
import type { Told } from '../page.ts';
import { formWords } from '../words/forms.ts';

interface TextFieldProps {
  /** Also the id that errors lead to, unless `id` is told. */
  name: string;
  id?: string;
  label: ReactNode;
  told: Told;
  language: Language;
  hint?: ReactNode;
  /** The question is the page's heading. */
  isHeading?: boolean;
  /** Says "(you can skip this)". */
  isOptional?: boolean;
  /** What stands in the field before anything was typed. */
  initial?: string | undefined;
  input?: Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'id' | 'value' | 'defaultValue'>;
  /** Several lines. */
  isLong?: boolean;
  /** Never given back: passwords. */
  isSecret?: boolean;
  /** Beside the field, such as a Show button. */
  beside?: ReactNode;
}

/** A question with one line (or several) to type. */
export function TextField(props: TextFieldProps) {
  const { name, id = name, label, told, language, hint, isHeading, isOptional, isLong, input = {}, beside } = props;
  const error = told.errors.find(({ field }) => field === id);
  const words = formWords[language];
  const labelled = (
    <label htmlFor={id}>
      {label}
      {isOptional && (
        <>
          {' '}
          <span className="opt">{words.canSkip}</span>
        </>
      )}
    </label>
  );
  const described =
    [hint && `${id}-h`, error && `${id}-e`, input['aria-describedby']].filter(Boolean).join(' ') || undefined;
  const shared = {
    id,
    name,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described,
  };
  const value = props.isSecret ? undefined : told.typed.text(name) || props.initial;
  const field = isLong ? (
    <textarea {...shared} defaultValue={value} />
  ) : (
    <input {...input} {...shared} defaultValue={value} />
  );
  return (
    <div className={error ? 'q err' : 'q'}>
      {isHeading ? <h1>{labelled}</h1> : labelled}
      {hint && (
        <p className="hint" id={`${id}-h`}>
          {hint}
        </p>
      )}
      <ErrorText id={id} error={error?.message} language={language} />
      {beside ? (
        <div className="reveal">
          {field}
          {beside}
        </div>
      ) : (
        field
      )}
    </div>
  );
}

/** What is wrong with a field, above it. */
export function ErrorText({ id, error, language }: { id: string; error: string | undefined; language: Language }) {
  if (error === undefined) return null;
  return (
    <p className="error" id={`${id}-e`}>
      <span className="vh">{formWords[language].error}</span> {error}
    </p>
  );
}
