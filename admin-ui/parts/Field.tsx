import ErrorIcon from '@mui/icons-material/Error';
import { type ReactNode, useId } from 'react';

interface FieldProps {
  label: string;
  error?: string | undefined;
  hint?: string | undefined;
  /** Given the ids that tie the input to its label, hint and error. */
  children: (input: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true; className: string }) => ReactNode;
}

/** A label above its input, the error beneath it. */
export function Field({ label, error, hint, children }: FieldProps) {
  const id = useId();
  const said = `${id}-said`;
  return (
    <div className={error ? 'fld err' : 'fld'}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        className: 'in',
        ...((error || hint) && { 'aria-describedby': said }),
        ...(error && { 'aria-invalid': true as const }),
      })}
      {error ? (
        <span className="msg late" id={said}>
          <ErrorIcon className="i" />
          {error}
        </span>
      ) : (
        hint && (
          <span className="msg m" id={said}>
            {hint}
          </span>
        )
      )}
    </div>
  );
}
