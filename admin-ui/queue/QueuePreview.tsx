import Close from '@mui/icons-material/Close';
import OpenInFull from '@mui/icons-material/OpenInFull';
import { listCaseTimeline, readCase } from '../../contract/routes/staff/cases.ts';
import { Applicant } from '../cases/Applicant.tsx';
import { type CaseRow, fullName } from '../cases/case.ts';
import { HappensNext } from '../cases/HappensNext.tsx';
import { MatchSummary } from '../cases/MatchSummary.tsx';
import { Timeline } from '../cases/Timeline.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { Pane } from '../parts/Pane.tsx';
import { StateOrTrouble } from '../parts/StateChip.tsx';
import { useIsWide } from '../parts/screen-width.ts';
import { useStayedOn } from '../parts/stayed-on.ts';
import { TroublePlace } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay } from '../parts/use-me.ts';
import { useWords } from '../words/use-words.ts';
import { mayClaim } from './QueuePage.tsx';

interface QueuePreviewProps {
  row: CaseRow;
  open: () => void;
  claim: () => Promise<void>;
  close: () => void;
}

/** The case beside the list: enough to decide whether to open it. From 1240 px. */
export function QueuePreview({ row, open, claim, close }: QueuePreviewProps) {
  const say = useWords();
  const may = useMay();
  const isWide = useIsWide();
  const stayedOn = useStayedOn(row.id);
  const isRead = isWide && stayedOn === row.id;
  const { data, error, refetch } = useCall(readCase, { params: { caseId: row.id } }, { enabled: isRead });
  const timeline = useCall(
    listCaseTimeline,
    { params: { caseId: row.id }, query: { order: 'desc', perPage: 3 } },
    { enabled: isRead },
  );
  if (!isWide) return null;
  return (
    <Pane as="aside" className="pane side" label={say('queue.preview', { reference: row.reference })}>
      <div className="sec">
        <div className="row">
          <h2 className="pane-title cut">
            <bdi>{fullName(row)}</bdi>
          </h2>
          <span className="grow" />
          <button type="button" className="btn q sm ic" aria-label={say('queue.previewOpen')} onClick={open}>
            <OpenInFull className="i" />
          </button>
          <button type="button" className="btn q sm ic" aria-label={say('queue.previewClose')} onClick={close}>
            <Close className="i" />
          </button>
        </div>
        <div className="row wrap s">
          <span className="ref">{row.reference}</span>
          <StateOrTrouble of={row} />
        </div>
        <div className="row acts">
          {mayClaim(row, may('case.claim')) && (
            <button type="button" className="btn" onClick={claim}>
              {say('do.claim')} <Kbd>C</Kbd>
            </button>
          )}
          <button type="button" className="btn" onClick={open}>
            {say('do.open')} <Kbd>↵</Kbd>
          </button>
        </div>
      </div>
      {error && !data ? (
        <TroublePlace error={error} retry={() => void refetch()} />
      ) : data ? (
        <>
          <HappensNext of={data} />
          <MatchSummary of={data} />
          <Applicant of={data} isBrief />
          <div className="sec">
            <div className="row">
              <h2>{say('case.latest')}</h2>
              <span className="grow" />
              <button type="button" className="bare link" onClick={open}>
                {say('case.wholeTimeline')}
              </button>
            </div>
            {timeline.data && <Timeline of={data} entries={timeline.data.data} isBrief />}
          </div>
        </>
      ) : (
        <div className="sec" aria-busy="true" />
      )}
    </Pane>
  );
}
