import { useWords } from '../words/use-words.ts';
import { Choice, Choices, PortalChoice } from './ChoiceInputs.tsx';
import { ColourInput } from './ColourInput.tsx';
import { Dates, Days } from './DayInputs.tsx';
import { DurationInput, DurationsInput } from './DurationInputs.tsx';
import type { InputProps } from './input-props.ts';

/** The input that fits how a setting is edited. */
export function SettingInput(props: InputProps) {
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
      return <Choice {...props} options={setting.options} />;
    case 'choices':
      return <Choices {...props} options={setting.options} />;
    case 'days':
      return <Days {...props} />;
    case 'dates':
      return <Dates {...props} />;
    case 'portal':
      return <PortalChoice {...props} />;
  }
}
