import VisibilityOffOutlined from '@mui/icons-material/VisibilityOffOutlined';
import VisibilityOutlined from '@mui/icons-material/VisibilityOutlined';
import { type FormEvent, useRef, useState } from 'react';
import { Problem } from '../../contract/problems.ts';
import { Field } from '../parts/Field.tsx';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useWords } from '../words/use-words.ts';

interface SignInFormProps {
  /** Given when the person is known and only signs in again. */
  email?: string;
  signIn: (email: string, password: string) => Promise<void>;
}

/** E-mail and password; a refusal keeps what was typed. */
export function SignInForm({ email: known, signIn }: SignInFormProps) {
  const say = useWords();
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [isShown, setShown] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const passwordInput = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setSending(true);
    setError(undefined);
    try {
      await signIn(email.trim(), password);
    } catch (refused) {
      setError(refused);
      setSending(false);
      passwordInput.current?.select();
    }
  };
  const errors = error instanceof Problem ? error.errors : undefined;
  return (
    <form className="stack" onSubmit={submit} noValidate={false}>
      {error !== undefined && <TroubleNote error={error} />}
      <Field label={say('signIn.email')} error={errors?.email}>
        {(input) => (
          <input
            {...input}
            type="email"
            name="email"
            autoComplete="username"
            required
            readOnly={known !== undefined}
            // biome-ignore lint/a11y/noAutofocus: the page is this form
            autoFocus={known === undefined}
            value={email}
            onChange={({ target }) => setEmail(target.value)}
          />
        )}
      </Field>
      <Field label={say('signIn.password')} error={errors?.password}>
        {(input) => (
          <div className="with-button">
            <input
              {...input}
              ref={passwordInput}
              type={isShown ? 'text' : 'password'}
              name="password"
              autoComplete="current-password"
              required
              // biome-ignore lint/a11y/noAutofocus: the dialog is this field
              autoFocus={known !== undefined}
              value={password}
              onChange={({ target }) => setPassword(target.value)}
            />
            <button
              type="button"
              className="btn q sm ic"
              aria-label={say(isShown ? 'signIn.hidePassword' : 'signIn.showPassword')}
              onClick={() => setShown(!isShown)}
            >
              {isShown ? <VisibilityOffOutlined className="i" /> : <VisibilityOutlined className="i" />}
            </button>
          </div>
        )}
      </Field>
      <button type="submit" className="btn p whole" aria-disabled={isSending}>
        {say('signIn.do')}
      </button>
    </form>
  );
}
