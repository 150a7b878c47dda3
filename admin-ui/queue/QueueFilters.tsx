import Close from '@mui/icons-material/Close';
import FilterListOutlined from '@mui/icons-material/FilterListOutlined';
import { Pick } from '../parts/Pick.tsx';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { Asked } from './use-queue.ts';

const states = [
  'submitted',
  'in_review',
  'waiting_on_applicant',
  'approved',
  'code_sent',
  'expired',
  'activated',
  'rejected',
  'withdrawn',
  'closed',
] as const;
const bands = ['late', 'due', 'ok'] as const;

/** State and promise; under 900 px the two fold into one button. */
export function QueueFilters({ asked }: { asked: Asked }) {
  const say = useWords();
  const word = useCodeWord();
  const [state, ...otherStates] = asked.states;
  const stateItems = states.map((each) => ({ value: each, label: word('state', each) }));
  const bandItems = bands.map((each) => ({ value: each, label: say(`queue.band.${each}`) }));
  const chooseState = (value: string | undefined) => asked.change({ state: value });
  const chooseBand = (value: string | undefined) => asked.change({ promise: value });
  const isFiltered = state !== undefined || asked.band !== undefined;
  return (
    <>
      <Pick
        className="wide"
        label={say('queue.state')}
        chosen={state}
        more={otherStates.length}
        items={stateItems}
        choose={chooseState}
      />
      <Pick className="wide" label={say('queue.promise')} chosen={asked.band} items={bandItems} choose={chooseBand} />
      <Pick
        className="slim"
        icon={<FilterListOutlined className="i" />}
        label={say('queue.filters')}
        chosen={state ?? asked.band}
        items={[...stateItems, ...bandItems]}
        choose={(value) => {
          const isBand = bands.some((band) => band === value);
          asked.change(isBand ? { promise: value, state: undefined } : { state: value, promise: undefined });
        }}
      />
      {isFiltered && (
        <button
          type="button"
          className="btn q sm wide"
          onClick={() => asked.change({ state: undefined, promise: undefined })}
        >
          <Close className="i" />
          {say('queue.clear')}
        </button>
      )}
    </>
  );
}
