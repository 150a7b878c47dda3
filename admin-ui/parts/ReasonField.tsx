import { useWords } from '../words/use-words.ts';
import { Field } from './Field.tsx';

interface ReasonFieldProps {
  label: string;
  reasons: readonly string[];
  /** One of the reasons; anything else stands as none chosen. */
  chosen: string;
  choose: (reason: string) => void;
  inWords: (reason: string) => string;
  error: string | undefined;
}

/** The reason for an action, from a list. */
export function ReasonField({ label, reasons, chosen, choose, inWords, error }: ReasonFieldProps) {
  const say = useWords();
  return (
    <Field label={label} error={error}>
      {(input) => (
        <select
          {...input}
          value={reasons.includes(chosen) ? chosen : ''}
          onChange={({ target }) => choose(target.value)}
        >
          <option value="">{say('case.chooseReason')}</option>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {inWords(reason)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
