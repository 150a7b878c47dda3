import ArrowBack from '@mui/icons-material/ArrowBack';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { downloadCampaignResults, readCampaign } from '../../contract/routes/staff/campaigns.ts';
import { useKeys } from '../keys/keys.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { notice } from '../parts/notices.tsx';
import { Pane } from '../parts/Pane.tsx';
import { usePortalName } from '../parts/portals.ts';
import { nameOfFile, saveCsv } from '../parts/save-file.ts';
import { TroubleNote, TroublePlace, useTell } from '../parts/Trouble.tsx';
import { Instant } from '../parts/time.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { call } from '../server/calls.ts';
import { spanInWords } from '../words/dates.ts';
import { useWords } from '../words/use-words.ts';
import { CampaignRows } from './CampaignRows.tsx';
import { CampaignState, ProgressBar } from './CampaignState.tsx';
import { ConfirmCampaign, confirmed } from './ConfirmCampaign.tsx';
import type { Campaign, CampaignAction } from './campaigns.ts';
import { isMoving, progressOf, timeLeft } from './progress.ts';
import { typedAgain } from './typed-campaign.ts';
import { useCampaignAction } from './use-campaign-action.ts';
import '../look/listing.css';
import './campaigns.css';

const pollMs = 2_000;

/** One campaign: as a draft the dry run, then how far it is, and what becomes of each row. */
export function CampaignPage() {
  const { id = '' } = useParams();
  const say = useWords();
  const navigate = useNavigate();
  const { data, error, refetch } = useCall(
    readCampaign,
    { params: { campaignId: id } },
    { everyMs: (shown) => (shown && isMoving(shown) ? pollMs : undefined) },
  );
  usePageTitle(say('campaigns.one'));
  useKeys({ escape: () => navigate('/campaigns') });
  if (data) return <OpenCampaign key={id} of={data} />;
  if (error) return <TroublePlace error={error} retry={() => void refetch()} />;
  return <div className="pane" aria-busy="true" />;
}

function OpenCampaign({ of }: { of: Campaign }) {
  const say = useWords();
  const may = useMay();
  const { act, isPending, error } = useCampaignAction(of);
  const [asked, setAsked] = useState<CampaignAction | undefined>(undefined);
  const choose = (action: CampaignAction) => {
    if (confirmed.some((each) => each === action)) setAsked(action);
    else void act(action);
  };
  return (
    <>
      <div className="head of-case">
        <Link className="btn q ic" aria-label={say('campaigns.back')} to="/campaigns">
          <ArrowBack className="i l" />
        </Link>
        <h1 className="cut" title={of.name}>
          <bdi>{of.name}</bdi>
        </h1>
        <CampaignState state={of.state} />
        <span className="grow" />
        {of.counts.queued > 0 && may('case.read') && (
          <Link className="btn" to={`/registrations?view=all&campaignId=${of.id}`}>
            <ForwardToInboxOutlined className="i" />
            {say('registrations.title')}
          </Link>
        )}
        {of.state !== 'draft' && may('campaign.manage') && <Results of={of} />}
        <Actions of={of} choose={choose} isPending={isPending} />
      </div>
      <Pane className="pane grow campaign" label={say('campaigns.one')}>
        {error !== undefined && (
          <div className="sec">
            <TroubleNote error={error} />
          </div>
        )}
        {of.state === 'draft' ? <DryRun of={of} /> : <Progress of={of} />}
        <Facts of={of} />
        <CampaignRows of={of} />
      </Pane>
      <ConfirmCampaign
        of={of}
        action={asked}
        close={() => setAsked(undefined)}
        confirm={(action) => {
          setAsked(undefined);
          void act(action);
        }}
      />
    </>
  );
}

interface ActionsProps {
  of: Campaign;
  choose: (action: CampaignAction) => void;
  isPending: boolean;
}

const order: readonly CampaignAction[] = ['cancel', 'pause', 'resume', 'send'];

/** What the server allows now; from a draft of which no row can be sent the way leads to another one. */
function Actions({ of, choose, isPending }: ActionsProps) {
  const say = useWords();
  const may = useMay();
  const isLost = useIsLost();
  const shown = order.filter((action) => of.allowedActions.includes(action));
  const isBarredDraft = of.state === 'draft' && of.counts.ready === 0 && may('campaign.manage');
  const wordsOf = (action: CampaignAction) =>
    action === 'send'
      ? say('campaigns.do.send', { smart_count: of.counts.ready })
      : say(`campaigns.do.${action === 'cancel' && of.state === 'draft' ? 'discard' : action}`);
  return (
    <>
      {shown.map((action) => (
        <button
          key={action}
          type="button"
          className={action === 'send' || action === 'resume' ? 'btn p' : 'btn'}
          disabled={isLost}
          aria-disabled={isPending}
          onClick={() => choose(action)}
        >
          {wordsOf(action)}
        </button>
      ))}
      {isBarredDraft && (
        <Link className="btn p" to="/campaigns/new" state={typedAgain(of)}>
          {say(`campaigns.again.${of.source}`)}
        </Link>
      )}
    </>
  );
}

function Results({ of }: { of: Campaign }) {
  const say = useWords();
  const tell = useTell();
  const isLost = useIsLost();
  const [isMaking, setMaking] = useState(false);
  const save = async () => {
    if (isMaking) return;
    setMaking(true);
    try {
      const { body, headers } = await call(downloadCampaignResults, { params: { campaignId: of.id } });
      saveCsv(body, nameOfFile(headers.get('content-disposition'), 'gatehouse-campaign.csv'));
      notice({ text: say('campaigns.resultsSaved') });
    } catch (error) {
      const { what, next } = tell(error);
      notice({ text: `${what} ${next}`, isFailure: true });
    } finally {
      setMaking(false);
    }
  };
  return (
    <button type="button" className="btn" disabled={isLost} aria-disabled={isMaking} onClick={() => void save()}>
      <DownloadOutlined className="i" />
      {say('campaigns.results')}
    </button>
  );
}

/** Nothing is sent yet: how many it would go to, and what is wrong with the other rows. */
function DryRun({ of }: { of: Campaign }) {
  const say = useWords();
  const may = useMay();
  const { counts, problems } = of;
  const why = !may('campaign.manage')
    ? say('campaigns.why.role')
    : counts.ready === 0
      ? say(`campaigns.why.nobody.${of.source}`)
      : say('campaigns.dryRunWhy');
  return (
    <>
      <div className="sec">
        <h2>{say('campaigns.dryRun')}</h2>
        <p className="s">{why}</p>
      </div>
      <Figures
        all={[
          { n: counts.rows, word: say('campaigns.count.rows') },
          { n: counts.ready, word: say('campaigns.count.ready'), colour: 'ok' },
          { n: counts.refused, word: say('campaigns.count.refused'), colour: 'late' },
        ]}
      />
      {problems.length > 0 && (
        <div className="sec">
          <h2>{say('campaigns.problems')}</h2>
          <ul className="problems">
            {problems.map(({ problem, count }) => (
              <li key={problem}>
                <b>{count}</b> <span>{say(`campaigns.problem.${problem}`)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** How far it is, and what became of the mails. */
function Progress({ of }: { of: Campaign }) {
  const say = useWords();
  const { counts } = of;
  const { all, done } = progressOf(of);
  const span = spanInWords(timeLeft(of));
  return (
    <>
      <div className="sec">
        <h2>{say('campaigns.col.progress')}</h2>
        <ProgressBar of={of} />
        <p className="row wrap s">
          <b>{say('campaigns.progress', { done, all })}</b>
          {of.state === 'running' && counts.ready > 0 && <span>{say('campaigns.left', { span })}</span>}
          {of.state === 'paused' && <span>{say('campaigns.pausedWhy')}</span>}
          {of.state === 'cancelled' && <span>{say('campaigns.cancelledWhy')}</span>}
          {of.state === 'done' && <span>{say('campaigns.doneWhy')}</span>}
        </p>
        {/* Said when it changes, not with every number. */}
        <p className="sr" role="status">
          {say(`campaigns.state.${of.state}`)}
        </p>
      </div>
      <Figures
        all={[
          { n: counts.queued, word: say('campaigns.count.queued') },
          { n: counts.mailed, word: say('campaigns.count.mailed'), colour: 'ok' },
          { n: counts.mailTrouble, word: say('campaigns.count.mailTrouble'), colour: 'late' },
          { n: counts.registered, word: say('campaigns.count.registered'), colour: 'ok' },
          { n: counts.refused, word: say('campaigns.count.refused'), colour: 'due' },
        ]}
      />
    </>
  );
}

function Figures({ all }: { all: readonly { n: number; word: string; colour?: string }[] }) {
  return (
    <div className="sec figures of-campaign">
      {all.map(({ n, word, colour = '' }) => (
        <div key={word}>
          <p className={n > 0 ? `fig ${colour}` : 'fig m'}>{n}</p>
          <span className="s">{word}</span>
        </div>
      ))}
    </div>
  );
}

function Facts({ of }: { of: Campaign }) {
  const say = useWords();
  const portalName = usePortalName();
  return (
    <p className="sec meta m">
      {portalName(of.portal)} · {say(`campaigns.from.${of.source}`)} · {say('campaigns.paceOf', { pace: of.perMinute })}{' '}
      · {say('campaigns.judgedBy', { name: of.createdBy.name })} <Instant at={of.createdAt} portal={of.portal} />
      {of.startedAt && (
        <>
          {' · '}
          {say('campaigns.sentBy', { name: (of.sentBy ?? of.createdBy).name })}{' '}
          <Instant at={of.startedAt} portal={of.portal} />
        </>
      )}
      {of.endedAt && (
        <>
          {' · '}
          {say('campaigns.endedAt')} <Instant at={of.endedAt} portal={of.portal} />
        </>
      )}
    </p>
  );
}
