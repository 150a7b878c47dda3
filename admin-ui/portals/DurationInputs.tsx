import { useState } from 'react';
import { durationInWords, isDuration } from '../../contract/rules.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { isSame } from './draft.ts';
import type { InputProps } from './input-props.ts';

/** The ISO text is what is kept; the words beside it say what was understood. */
export function DurationInput({ id, value, change, described, isOptional }: InputProps & { isOptional: boolean }) {
  const say = useWords();
  const [language] = useLanguage();
  const text = typeof value === 'string' ? value : '';
  return (
    <>
      <div className="u">
        <input
          {...described}
          id={id}
          className="in iso"
          spellCheck={false}
          autoCapitalize="characters"
          maxLength={40}
          value={text}
          onChange={({ target }) =>
            change(target.value === '' && isOptional ? null : target.value.trim().toUpperCase())
          }
        />
        <span className="s">
          {text === '' && isOptional ? say('policy.never') : isDuration(text) ? durationInWords(text, language) : null}
        </span>
      </div>
      {text !== '' && !isDuration(text) && !described['aria-invalid'] && (
        <p className="meta due">{say('policy.notDuration')}</p>
      )}
    </>
  );
}

/** Several, separated by commas. */
export function DurationsInput({ id, value, change, described }: InputProps) {
  const say = useWords();
  const [language] = useLanguage();
  const all = Array.isArray(value) ? (value as string[]) : [];
  const [typed, setTyped] = useState(all.join(', '));
  const shown = isSame(parted(typed), all) ? typed : all.join(', ');
  return (
    <>
      <input
        {...described}
        id={id}
        className="in iso long"
        spellCheck={false}
        autoCapitalize="characters"
        value={shown}
        onChange={({ target }) => {
          setTyped(target.value.toUpperCase());
          change(parted(target.value));
        }}
      />
      <p className="meta s was">
        {all
          .filter(isDuration)
          .map((one) => durationInWords(one, language))
          .join(' · ')}
      </p>
      {!all.every(isDuration) && !described['aria-invalid'] && <p className="meta due">{say('policy.notDuration')}</p>}
    </>
  );
}

function parted(text: string): string[] {
  return text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((one) => one !== '');
}
