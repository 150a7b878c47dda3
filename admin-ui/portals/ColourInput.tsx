import { useWords } from '../words/use-words.ts';
import type { InputProps } from './input-props.ts';

/** A colour picked, or written as `#1f4e79`. */
export function ColourInput({ id, label, value, change, described }: InputProps) {
  const say = useWords();
  const text = typeof value === 'string' ? value : '';
  return (
    <div className="u">
      <input
        type="color"
        className="swatch"
        aria-label={say('policy.pick', { label })}
        value={/^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : '#000000'}
        onChange={({ target }) => change(target.value)}
      />
      <input
        {...described}
        id={id}
        className="in iso ref"
        spellCheck={false}
        maxLength={20}
        value={text}
        onChange={({ target }) => change(target.value.trim())}
      />
    </div>
  );
}
