import type { ReactNode } from 'react';
import { addressOf } from '../../contract/client.ts';
import { advisePassword } from '../../contract/routes/public/portals.ts';
import type { Language } from '../../contract/words.ts';
import type { Told } from '../page.ts';
import type { Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { passwordWords } from './password-words.ts';
import { ErrorText } from './TextField.tsx';

interface PasswordFieldProps {
  name: string;
  id: string;
  label: ReactNode;
  told: Told;
  language: Language;
  autoComplete: 'current-password' | 'new-password';
  hint?: ReactNode;
  /** What the Show button says it shows, for those who hear it. */
  shows?: string;
  /** A `PasswordRules` of the same id. */
  rules?: ReactNode;
}

/** A password to type. It is never given back; the script adds the button that shows it. */
export function PasswordField(props: PasswordFieldProps) {
  const { name, id, label, told, language, autoComplete, hint, rules } = props;
  const words = formWords[language];
  const error = told.errors.find(({ field }) => field === id);
  const described = [hint && `${id}-h`, error && `${id}-e`, rules && `${id}-r`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={error ? 'q err' : 'q'}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-h`}>
          {hint}
        </p>
      )}
      <ErrorText id={id} error={error?.message} language={language} />
      <div className="reveal" data-show-password={props.shows ?? words.password}>
        <input
          id={id}
          name={name}
          type="password"
          autoComplete={autoComplete}
          spellCheck={false}
          autoCapitalize="none"
          aria-invalid={error ? true : undefined}
          aria-describedby={described}
        />
      </div>
      {rules}
    </div>
  );
}

interface PasswordRulesProps {
  /** Of the password's field. */
  id: string;
  visit: Pick<Visit, 'portal' | 'language'>;
  /** What the password must not hold, as far as it is known here. */
  without: readonly string[];
}

/** The rules before anybody breaks them; the script judges them while typing, by what the attributes tell. */
export function PasswordRules({ id, visit, without }: PasswordRulesProps) {
  const words = passwordWords[visit.language];
  const { name, passwordRule } = visit.portal;
  return (
    <ul
      className="rules"
      id={`${id}-r`}
      data-password-rules={id}
      data-advice={addressOf(advisePassword, { params: { portal: visit.portal.portal } })}
      data-min-length={passwordRule.minLength}
      data-max-length={passwordRule.maxLength}
      data-without={JSON.stringify([...without, name])}
    >
      <li data-rule="length">{words.ruleLength(passwordRule.minLength)}</li>
      <li data-rule="without">{words.ruleWithout(name)}</li>
      <li data-rule="common">{words.ruleCommon}</li>
    </ul>
  );
}
