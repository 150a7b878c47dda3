import Dialog from '@mui/material/Dialog';
import { useRef } from 'react';
import { spanInWords } from '../words/dates.ts';
import { useWords } from '../words/use-words.ts';
import type { Campaign, CampaignAction } from './campaigns.ts';
import { timeLeft } from './progress.ts';

/** What cannot be taken back is asked once more. */
export const confirmed = ['send', 'cancel'] as const satisfies readonly CampaignAction[];
type Confirmed = (typeof confirmed)[number];

interface ConfirmCampaignProps {
  of: Campaign;
  /** Undefined: nothing is asked. */
  action: CampaignAction | undefined;
  close: () => void;
  confirm: (action: Confirmed) => void;
}

/** How many it goes to, at what pace and how long that takes; or what cancelling leaves undone. */
export function ConfirmCampaign({ of, action, close, confirm }: ConfirmCampaignProps) {
  const say = useWords();
  const wanted = confirmed.find((each) => each === action && of.allowedActions.includes(each));
  const last = useRef<{ shown: Confirmed; asked: Campaign }>({ shown: 'send', asked: of });
  if (wanted) last.current = { shown: wanted, asked: of };
  const { shown, asked } = last.current; // still there, as it was asked, while the dialog goes
  const { ready, queued } = asked.counts;
  const span = spanInWords(timeLeft(asked));
  const isDraft = asked.state === 'draft';
  return (
    <Dialog open={wanted !== undefined} onClose={close} aria-labelledby="confirm-campaign" maxWidth="xs" fullWidth>
      <div className="sec stack">
        <h2 id="confirm-campaign" className="pane-title">
          {shown === 'send'
            ? say('campaigns.ask.send', { smart_count: ready })
            : say(isDraft ? 'campaigns.ask.discard' : 'campaigns.ask.cancel')}
        </h2>
        <p className="s">
          {shown === 'send'
            ? say('campaigns.ask.sendWhy', { pace: asked.perMinute, span })
            : say(isDraft ? 'campaigns.ask.discardWhy' : 'campaigns.ask.cancelWhy', { queued, smart_count: ready })}
        </p>
        <div className="row ends acts">
          <button type="button" className="btn q" onClick={close}>
            {say(shown === 'send' ? 'do.cancel' : 'campaigns.ask.keep')}
          </button>
          <button type="button" className={shown === 'send' ? 'btn p' : 'btn d'} onClick={() => confirm(shown)}>
            {shown === 'send'
              ? say('campaigns.do.send', { smart_count: ready })
              : say(isDraft ? 'campaigns.do.discard' : 'campaigns.do.cancel')}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
