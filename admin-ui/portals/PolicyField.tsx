import Close from '@mui/icons-material/Close';
import ErrorIcon from '@mui/icons-material/Error';
import { useId, useState } from 'react';
import { addDuration, durationInWords, isDuration } from '../../contract/rules.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { currentTime } from '../parts/clock.ts';
import { usePortals } from '../parts/portals.ts';
import { isWordKey, type Language } from '../words/catalogue.ts';
import { dateInWords, instantInWords } from '../words/dates.ts';
import { type Say, useCodeWord, useLanguage, useWords } from '../words/use-words.ts';
import { isSame, valueAt } from './draft.ts';
import type { Path, Setting } from './settings.ts';

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
        <Input {...input} />
        <div id={said}>
          {errors.map((message) => (
            <p className="msg late" key={message}>
              <ErrorIcon className="i" />
              {message}
            </p>
          ))}
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

interface InputProps {
  id: string;
  label: string;
  value: unknown;
  setting: Setting;
  portal: string;
  change: (next: unknown) => void;
  described: { 'aria-describedby': string; 'aria-invalid'?: true };
}

function Input(props: InputProps) {
  const { setting, id, value, change, described } = props;
  const say = useWords();
  const text = typeof value === 'string' ? value : '';
  switch (setting.as) {
    case 'text':
      return (
        <input {...described} id={id} className="in" value={text} onChange={({ target }) => change(target.value)} />
      );
    case 'optionalText':
      return (
        <input
          {...described}
          id={id}
          className="in"
          value={text}
          onChange={({ target }) => change(target.value === '' ? null : target.value)}
        />
      );
    case 'longText':
      return (
        <textarea
          {...described}
          id={id}
          className="in"
          rows={16}
          value={text}
          onChange={({ target }) => change(target.value)}
        />
      );
    case 'time':
      return (
        <input
          {...described}
          id={id}
          className="in short"
          type="time"
          value={text}
          onChange={({ target }) => change(target.value)}
        />
      );
    case 'count':
      return (
        <div className="u">
          <input
            {...described}
            id={id}
            className="in"
            type="number"
            inputMode="numeric"
            min={0}
            value={typeof value === 'number' ? value : ''}
            onChange={({ target }) => change(target.value === '' ? null : Number(target.value))}
          />
          {setting.unit && <span className="s">{say(`policy.unit.${setting.unit}`)}</span>}
        </div>
      );
    case 'switch':
      return (
        <div className="u">
          <button
            {...described}
            id={id}
            type="button"
            className="sw"
            role="switch"
            aria-checked={value === true}
            onClick={() => change(value !== true)}
          />
          <span className="s" aria-hidden="true">
            {say(value === true ? 'policy.on' : 'policy.off')}
          </span>
        </div>
      );
    case 'duration':
    case 'optionalDuration':
      return <DurationInput {...props} isOptional={setting.as === 'optionalDuration'} />;
    case 'durations':
      return <DurationsInput {...props} />;
    case 'colour':
      return <ColourInput {...props} />;
    case 'choice':
      return (
        <select {...described} id={id} className="in" value={text} onChange={({ target }) => change(target.value)}>
          {setting.options.map((option) => (
            <Option key={option} option={option} />
          ))}
        </select>
      );
    case 'choices':
      return <Choices {...props} options={setting.options.map((option) => ({ value: option }))} />;
    case 'days':
      return <Days {...props} />;
    case 'dates':
      return <Dates {...props} />;
    case 'portal':
      return <PortalChoice {...props} />;
  }
}

function Option({ option }: { option: string }) {
  const word = useCodeWord();
  return <option value={option}>{word('policy.option', option)}</option>;
}

/** The ISO text is what is kept; the words beside it say what was understood. */
function DurationInput({ id, value, change, described, isOptional }: InputProps & { isOptional: boolean }) {
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

function DurationsInput({ id, value, change, described }: InputProps) {
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

function ColourInput({ id, label, value, change, described }: InputProps) {
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

function Choices({ id, value, change, described, options }: InputProps & { options: readonly { value: string }[] }) {
  const word = useCodeWord();
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need its legend in another column
    <div className="picks" role="group" aria-labelledby={id} aria-describedby={described['aria-describedby']}>
      {options.map(({ value: option }) => (
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

const days = [1, 2, 3, 4, 5, 6, 7];

function Days({ id, value, change, described }: InputProps) {
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

function Dates({ id, value, change, described }: InputProps) {
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

function PortalChoice({ id, value, change, described, portal }: InputProps) {
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

/** A setting's value as a sentence would say it. */
export function useValueInWords(): (setting: Setting, value: unknown) => string {
  const say = useWords();
  const word = useCodeWord();
  const [language] = useLanguage();
  return (setting, value) => inWords(setting, value, say, word, language);
}

function inWords(
  setting: Setting,
  value: unknown,
  say: Say,
  word: (kind: string, code: string) => string,
  language: Language,
): string {
  if (value === null || value === '') {
    return say(
      setting.as === 'optionalDuration'
        ? 'policy.never'
        : setting.as === 'portal'
          ? 'policy.option.ownPatients'
          : 'policy.none',
    );
  }
  if (typeof value === 'boolean') return say(value ? 'policy.on' : 'policy.off').toLowerCase();
  if (Array.isArray(value)) {
    if (value.length === 0) return say('policy.none');
    const each = (one: unknown): string => {
      if (setting.as === 'days') return dayName(Number(one), language);
      if (setting.as === 'dates') return dateInWords(String(one), language);
      if (setting.as === 'choices') return word('policy.option', String(one));
      return spanOrText(String(one), language);
    };
    return value.map(each).join(', ');
  }
  if (setting.as === 'choice') return word('policy.option', String(value));
  if (setting.as === 'duration' || setting.as === 'optionalDuration') return spanOrText(String(value), language);
  if (setting.as === 'count' && setting.unit) return `${String(value)} ${say(`policy.unit.${setting.unit}`)}`;
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function spanOrText(text: string, language: Language): string {
  return isDuration(text) ? durationInWords(text, language) : text;
}

/** 1 = Monday; 2024 began on one. */
function dayName(day: number, language: Language): string {
  return weekday(`2024-01-0${day}`, language);
}

function weekday(date: string, language: Language): string {
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return '';
  return new Intl.DateTimeFormat(language === 'es' ? 'es' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(at);
}
