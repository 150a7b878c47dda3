import Close from '@mui/icons-material/Close';
import FilterListOutlined from '@mui/icons-material/FilterListOutlined';
import type { ApplicationState } from '../../domain/application/lifecycle.ts';
import type { CaseKind } from '../../domain/case.ts';
import type { RegistrationState } from '../../domain/registration/lifecycle.ts';
import { Pick } from '../parts/Pick.tsx';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { Asked } from './use-queue.ts';

interface StatesOf {
  application: Readonly<Record<ApplicationState, true>>;
  registration: Readonly<Record<RegistrationState, true>>;
}

/** The states of each kind, in the order in which a case goes through them. */
const statesOf: StatesOf = {
  application: {
    submitted: true,
    in_review: true,
    waiting_on_applicant: true,
    approved: true,
    code_sent: true,
    expired: true,
    activated: true,
    rejected: true,
    withdrawn: true,
    closed: true,
  },
  registration: {
    draft: true,
    sent: true,
    identified: true,
    undeliverable: true,
    locked: true,
    expired: true,
    registered: true,
    linked: true,
    cancelled: true,
  },
};
const kinds = Object.keys(statesOf) as CaseKind[];
const bands = ['late', 'due', 'ok'] as const;

/** What takes every filter away. */
export const noFilters = { kind: undefined, state: undefined, promise: undefined } as const;

/** Kind, state and promise; under 900 px they fold into one button. */
export function QueueFilters({ asked }: { asked: Asked }) {
  const say = useWords();
  const word = useCodeWord(asked.kind);
  const [state, ...otherStates] = asked.states;
  const asKind = asked.kind ? [asked.kind] : kinds;
  const states = [...new Set(asKind.flatMap((kind) => Object.keys(statesOf[kind])))];
  const kindItems = kinds.map((each) => ({ value: each, label: word('kind', each) }));
  const stateItems = states.map((each) => ({ value: each, label: word('state', each) }));
  const bandItems = bands.map((each) => ({ value: each, label: say(`queue.band.${each}`) }));
  const chooseKind = (value: string | undefined) => asked.change({ kind: value, state: undefined });
  const chooseState = (value: string | undefined) => asked.change({ state: value });
  const chooseBand = (value: string | undefined) => asked.change({ promise: value });
  const isFiltered = asked.kind !== undefined || state !== undefined || asked.band !== undefined;
  return (
    <>
      <Pick className="wide" label={say('queue.kind')} chosen={asked.kind} items={kindItems} choose={chooseKind} />
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
        chosen={state ?? asked.band ?? asked.kind}
        items={[...kindItems, ...stateItems, ...bandItems]}
        choose={(value) => {
          const isOf = (values: readonly string[]) => value !== undefined && values.includes(value);
          if (isOf(kinds)) chooseKind(value);
          else if (isOf(bands)) asked.change({ promise: value, state: undefined });
          else asked.change({ ...noFilters, kind: value && asked.kind, state: value });
        }}
      />
      {isFiltered && (
        <button type="button" className="btn q sm wide" onClick={() => asked.change(noFilters)}>
          <Close className="i" />
          {say('queue.clear')}
        </button>
      )}
    </>
  );
}
