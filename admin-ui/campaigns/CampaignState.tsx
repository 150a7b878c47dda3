import CheckCircle from '@mui/icons-material/CheckCircle';
import DoDisturbOnOutlined from '@mui/icons-material/DoDisturbOnOutlined';
import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import PauseCircleOutline from '@mui/icons-material/PauseCircleOutline';
import { useWords } from '../words/use-words.ts';
import type { Campaign } from './campaigns.ts';
import { progressOf } from './progress.ts';

const looks: Readonly<Record<Campaign['state'], [typeof CheckCircle, string]>> = {
  draft: [FactCheckOutlined, 'm'],
  running: [ForwardToInboxOutlined, 'acc'],
  paused: [PauseCircleOutline, 'wait'],
  done: [CheckCircle, 'ok'],
  cancelled: [DoDisturbOnOutlined, 'm'],
};

/** Where a campaign is: icon and word. */
export function CampaignState({ state }: Pick<Campaign, 'state'>) {
  const say = useWords();
  const [Icon, colour] = looks[state];
  return (
    <span className="st">
      <Icon className={`i ${colour}`} />
      {say(`campaigns.state.${state}`)}
    </span>
  );
}

/** How far it is, as a bar. */
export function ProgressBar({ of }: { of: Campaign }) {
  const say = useWords();
  const { all, done, part } = progressOf(of);
  return (
    <progress
      className={`bar-of ${of.state}`}
      aria-label={say('campaigns.progress', { done, all })}
      max={1}
      value={part}
    />
  );
}
