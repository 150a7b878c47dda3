import CancelOutlined from '@mui/icons-material/CancelOutlined';
import Check from '@mui/icons-material/Check';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import { Link } from 'react-router';
import { listCampaignRows } from '../../contract/routes/staff/campaigns.ts';
import { casePath } from '../cases/case.ts';
import { deliveries } from '../cases/MessagesTab.tsx';
import { ListFoot } from '../parts/ListParts.tsx';
import { type ListColumn, ListHead, ListWaiting } from '../parts/ListTable.tsx';
import { Pick } from '../parts/Pick.tsx';
import { StateChip } from '../parts/StateChip.tsx';
import { TroublePlace } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useListAsked } from '../parts/use-list.ts';
import { useMay } from '../parts/use-me.ts';
import { recordPath } from '../records/records.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { type Campaign, type CampaignRow, campaignRows } from './campaigns.ts';
import { isMoving } from './progress.ts';

const columns: readonly ListColumn[] = [
  { name: 'no', word: 'campaigns.col.no', isRight: true },
  { name: 'outcome', word: 'campaigns.col.outcome' },
  { name: 'mrn', word: 'records.col.mrn' },
  { name: 'name', word: 'records.col.name' },
  { name: 'email', word: 'campaigns.col.to' },
  { name: 'became', word: 'campaigns.col.became' },
];

const outcomes: Readonly<Record<CampaignRow['outcome'], [typeof Check, string]>> = {
  ready: [Check, 'ok'],
  queued: [ForwardToInboxOutlined, 'ok'],
  refused: [CancelOutlined, 'late'],
};
const outcomeNames = Object.keys(outcomes) as CampaignRow['outcome'][];

const pollMs = 4_000;

/** What becomes of each row: filtered by outcome and by what is wrong, each registration a link. */
export function CampaignRows({ of }: { of: Campaign }) {
  const say = useWords();
  const asked = useListAsked(campaignRows);
  const { portal: _portal, ...query } = asked.query; // the campaign is of one portal
  const { data, error, refetch, isFetching, isPlaceholderData } = useCall(
    listCampaignRows,
    { params: { campaignId: of.id }, query },
    { keepsOld: true, everyMs: () => (isMoving(of) ? pollMs : undefined) },
  );
  const [outcome] = asked.values.outcome ?? [];
  const [problem] = asked.values.problem ?? [];
  const counts = { ready: of.counts.ready, queued: of.counts.queued, refused: of.counts.refused };
  const list = { rows: data?.data, total: data?.total ?? 0, totalIsCapped: data?.totalIsCapped ?? false };
  return (
    <section aria-labelledby="campaign-rows">
      <div className="sec row wrap rows-head">
        <h2 id="campaign-rows">{say('campaigns.rows')}</h2>
        {([undefined, ...outcomeNames] as const).map((each) => (
          <button
            key={each ?? 'all'}
            type="button"
            className={each === outcome ? 'btn sm on' : 'btn sm'}
            aria-pressed={each === outcome}
            onClick={() => asked.change({ outcome: each, problem: undefined })}
          >
            {say(`campaigns.outcome.${each ?? 'all'}`)}{' '}
            <span className="n">{each === undefined ? of.counts.rows : counts[each]}</span>
          </button>
        ))}
        {of.problems.length > 0 && (
          <Pick
            label={say('campaigns.problem')}
            chosen={problem}
            items={of.problems.map(({ problem: each }) => ({ value: each, label: say(`campaigns.problem.${each}`) }))}
            choose={(value) => asked.change({ problem: value, outcome: value && 'refused' })}
          />
        )}
      </div>
      {error && !data ? (
        <TroublePlace error={error} retry={() => void refetch()} />
      ) : list.rows?.length === 0 && !isPlaceholderData ? (
        <p className="sec s">{say('import.none')}</p>
      ) : (
        <table className="grid listing campaign-rows" aria-busy={!data && isFetching}>
          <ListHead columns={columns} asked={asked} />
          {list.rows === undefined ? (
            <ListWaiting columns={columns} />
          ) : (
            <tbody>
              {list.rows.map((row) => (
                <Row key={row.no} of={row} />
              ))}
            </tbody>
          )}
        </table>
      )}
      <ListFoot asked={asked} list={list} isPlain />
    </section>
  );
}

function Row({ of }: { of: CampaignRow }) {
  const say = useWords();
  const may = useMay();
  const [Icon, colour] = outcomes[of.outcome];
  return (
    <tr>
      <td className="c-no end">{of.no}</td>
      <td className="c-outcome">
        <span className="st">
          <Icon className={`i ${colour}`} />
          {say(`campaigns.outcome.${of.outcome}`, { smart_count: 1 })}
        </span>
      </td>
      <td className="c-mrn ref">
        {of.patientRecordId && may('record.read') ? (
          <Link to={recordPath(of.patientRecordId)}>
            <bdi>{of.mrn}</bdi>
          </Link>
        ) : (
          <bdi>{of.mrn || '–'}</bdi>
        )}
      </td>
      <td className="c-name" title={of.name ?? undefined}>
        {of.name ? <bdi>{of.name}</bdi> : <span className="m">–</span>}
      </td>
      <td className="c-email" title={of.email ?? undefined}>
        {of.email ? <bdi>{of.email}</bdi> : <span className="m">–</span>}
      </td>
      <td className="c-became">
        <Became of={of} />
      </td>
    </tr>
  );
}

/** Why not, or the registration with what became of its mail. */
function Became({ of }: { of: CampaignRow }) {
  const say = useWords();
  const word = useCodeWord();
  if (of.problem) return <span className="why">{say(`campaigns.problem.${of.problem}`)}</span>;
  if (!of.caseId) return <span className="m">–</span>;
  const [MailIcon, colour] = of.mail ? deliveries[of.mail] : [undefined, ''];
  return (
    <span className="row">
      <Link className="ref" to={casePath(of.caseId)}>
        {of.reference}
      </Link>
      {of.state && <StateChip of={{ kind: 'registration', state: of.state }} />}
      {MailIcon && of.mail && of.mail !== 'accepted' && (
        <span className={`st ${colour}`}>
          <MailIcon className="i" />
          {word('delivery', of.mail)}
        </span>
      )}
    </span>
  );
}
