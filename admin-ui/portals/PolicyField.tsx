import ErrorIcon from '@mui/icons-material/Error';
import { useId } from 'react';
import { addDuration, durationInWords, isDuration } from '../../contract/rules.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { currentTime } from '../parts/clock.ts';
import { isWordKey } from '../words/catalogue.ts';
import { instantInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { isSame, valueAt } from './draft.ts';
import type { InputProps } from './input-props.ts';
import { neverSent } from './never-sent.ts';
import { SettingInput } from './SettingInput.tsx';
import type { Path, Setting } from './settings.ts';
import { useValueInWords } from './value-in-words.ts';

interface PolicyFieldProps {
  setting: Setting;
  /** In force, and as the draft has it. */
  base: Policy;
  draft: Policy;
  portal: string;
  errors: readonly string[];
  change: (path: Path, value: unknown) => void;
}

/** One setting: what it is, its input, what it was, what is wrong with it. */
export function PolicyField({ setting, base, draft, portal, errors, change }: PolicyFieldProps) {
  const say = useWords();
  const id = useId();
  const inWords = useValueInWords();
  const { path } = setting;
  const value = valueAt(draft, path);
  const was = valueAt(base, path);
  const isChanged = !isSame(value, was);
  const hint = useHint(setting, draft);
  const isGroup = setting.as === 'days' || setting.as === 'choices' || setting.as === 'dates';
  const label = say(`policy.label.${path}`);
  const said = `${id}-said`;
  const input: InputProps = {
    id,
    label,
    value,
    setting,
    portal,
    change: (next) => change(path, next),
    described: {
      'aria-describedby': said,
      ...(errors.length > 0 && { 'aria-invalid': true as const }),
    },
  };
  const isWide = setting.as === 'longText';
  return (
    <div
      className={`set${isChanged ? ' chg' : ''}${isWide ? ' whole' : ''}${errors.length > 0 ? ' err' : ''}`}
      data-path={path}
    >
      <div>
        {isGroup ? (
          <p className="b" id={id}>
            {label}
          </p>
        ) : (
          <label className="b" htmlFor={id}>
            {label}
          </label>
        )}
        {hint && <p className="meta m">{hint}</p>}
      </div>
      <div className="val">
        <SettingInput {...input} />
        <div id={said}>
          {errors.map((message) => (
            <p className="msg late" key={message}>
              <ErrorIcon className="i" />
              {message}
            </p>
          ))}
          <NeverSent setting={setting} draft={draft} />
          {isChanged && setting.as !== 'longText' && (
            <p className="meta s was">{say('policy.was', { was: inWords(setting, was) })}</p>
          )}
          {setting.as === 'longText' && (
            <p className="meta m was">{say('policy.characters', { smart_count: String(value ?? '').length })}</p>
          )}
        </div>
      </div>
    </div>
  );
}

/** Reminders that stand in the draft in vain. It may be saved all the same. */
function NeverSent({ setting, draft }: Pick<PolicyFieldProps, 'setting' | 'draft'>) {
  const say = useWords();
  const [language] = useLanguage();
  const late = neverSent(setting, draft, currentTime());
  if (late.length === 0) return null;
  const which = late.map((one) => durationInWords(one, language)).join(', ');
  return <p className="meta due">{say('policy.neverSent', { which, smart_count: late.length })}</p>;
}

/** Under the name: what the rule means, and where a length of time ends if it began now. */
function useHint({ path }: Setting, draft: Policy): string | undefined {
  const say = useWords();
  const [language] = useLanguage();
  const key = `policy.hint.${path}`;
  const hint = isWordKey(key) ? say(key) : undefined;
  const ends =
    path === 'accessCode.lifetime' ? 'codeEnds' : path === 'application.answerWithin' ? 'answerEnds' : undefined;
  const lasts = valueAt(draft, path);
  if (!ends || typeof lasts !== 'string' || !isDuration(lasts)) return hint;
  try {
    const at = addDuration(currentTime(), lasts, draft.timeZone);
    return say(`policy.${ends}`, { at: instantInWords(at, language, draft.timeZone) });
  } catch {
    return hint; // a time zone that is still being typed
  }
}
