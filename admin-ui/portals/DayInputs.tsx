import Close from '@mui/icons-material/Close';
import { useState } from 'react';
import { dateInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import type { InputProps } from './input-props.ts';
import { dayName, weekday } from './weekdays.ts';

const days = [1, 2, 3, 4, 5, 6, 7];

/** Days of the week, 1 = Monday. */
export function Days({ id, value, change, described }: InputProps) {
  const [language] = useLanguage();
  const chosen = Array.isArray(value) ? (value as number[]) : [];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need its legend in another column
    <div className="picks days" role="group" aria-labelledby={id} aria-describedby={described['aria-describedby']}>
      {days.map((day) => (
        <label key={day}>
          <input
            type="checkbox"
            checked={chosen.includes(day)}
            onChange={({ target }) =>
              change(target.checked ? [...chosen, day].sort((a, b) => a - b) : chosen.filter((each) => each !== day))
            }
          />
          {dayName(day, language)}
        </label>
      ))}
    </div>
  );
}

/** A list of dates in order, each taken away by itself. */
export function Dates({ id, value, change, described }: InputProps) {
  const say = useWords();
  const [language] = useLanguage();
  const [next, setNext] = useState('');
  const all = Array.isArray(value) ? (value as string[]) : [];
  const add = () => {
    if (next === '' || all.includes(next)) return;
    change([...all, next].sort());
    setNext('');
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need its legend in another column
    <div role="group" aria-labelledby={id} aria-describedby={described['aria-describedby']}>
      {all.length === 0 && <p className="m">{say('policy.holidaysNone')}</p>}
      <ul className="dates">
        {all.map((date) => (
          <li key={date}>
            <span className="grow">
              {weekday(date, language)} {dateInWords(date, language)}
            </span>
            <button
              type="button"
              className="btn q sm ic"
              aria-label={say('policy.holidayDrop', { day: dateInWords(date, language) })}
              onClick={() => change(all.filter((each) => each !== date))}
            >
              <Close className="i" />
            </button>
          </li>
        ))}
      </ul>
      <div className="u">
        <input
          type="date"
          className="in day"
          aria-label={say('policy.holidayAdd')}
          value={next}
          onChange={({ target }) => setNext(target.value)}
        />
        <button type="button" className="btn" aria-disabled={next === ''} onClick={add}>
          {say('policy.holidayDo')}
        </button>
      </div>
    </div>
  );
}
