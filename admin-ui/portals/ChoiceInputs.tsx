import { usePortals } from '../parts/portals.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { InputProps } from './input-props.ts';

/** One of several. */
export function Choice({ id, value, change, described, options }: InputProps & { options: readonly string[] }) {
  const word = useCodeWord();
  return (
    <select
      {...described}
      id={id}
      className="in"
      value={typeof value === 'string' ? value : ''}
      onChange={({ target }) => change(target.value)}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {word('policy.option', option)}
        </option>
      ))}
    </select>
  );
}

/** Any of several. */
export function Choices({ id, value, change, described, options }: InputProps & { options: readonly string[] }) {
  const word = useCodeWord();
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need its legend in another column
    <div className="picks" role="group" aria-labelledby={id} aria-describedby={described['aria-describedby']}>
      {options.map((option) => (
        <label key={option}>
          <input
            type="checkbox"
            checked={chosen.includes(option)}
            onChange={({ target }) =>
              change(target.checked ? [...chosen, option] : chosen.filter((each) => each !== option))
            }
          />
          {word('policy.option', option)}
        </label>
      ))}
    </div>
  );
}

/** Another portal whose patients this one takes, or none. */
export function PortalChoice({ id, value, change, described, portal }: InputProps) {
  const say = useWords();
  const others = usePortals().filter((each) => each.id !== portal);
  const chosen = typeof value === 'string' ? value : '';
  return (
    <select
      {...described}
      id={id}
      className="in"
      value={chosen}
      onChange={({ target }) => change(target.value === '' ? null : target.value)}
    >
      <option value="">{say('policy.option.ownPatients')}</option>
      {chosen !== '' && !others.some((each) => each.id === chosen) && <option value={chosen}>{chosen}</option>}
      {others.map(({ id: other, name }) => (
        <option key={other} value={other}>
          {name}
        </option>
      ))}
    </select>
  );
}
