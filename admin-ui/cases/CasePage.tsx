import HourglassTopOutlined from '@mui/icons-material/HourglassTopOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Problem } from '../../contract/problems.ts';
import { listCaseRecords, listCaseTimeline, readCase } from '../../contract/routes/staff/cases.ts';
import type { CaseAction } from '../../contract/schemas/case-actions.ts';
import { useKeys } from '../keys/keys.ts';
import { useKept } from '../parts/kept.ts';
import { notice } from '../parts/notices.tsx';
import { Pane } from '../parts/Pane.tsx';
import { TroublePlace, useTell } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMe } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { listBehind } from '../queue/list-behind.ts';
import { rememberOpened } from '../queue/use-selection.ts';
import { claimNext, worklist } from '../queue/worklist.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { Applicant } from './Applicant.tsx';
import { CaseHeader } from './CaseHeader.tsx';
import { CaseTabs, type TabName } from './CaseTabs.tsx';
import { ChangedBanner } from './ChangedBanner.tsx';
import { Comparison } from './Comparison.tsx';
import { type Candidate, type Case, casePath } from './case.ts';
import { DecisionPane, decisions, isAllowed, opensByItself, useWhyNot } from './DecisionPane.tsx';
import { type Draft, emptyDraft, likelyRecord, typedIn } from './draft.ts';
import { HappensNext } from './HappensNext.tsx';
import { typeNote } from './NotesTab.tsx';
import { RegistrationProgress } from './RegistrationProgress.tsx';
import { useChanges } from './use-changes.ts';
import { type MoveBody, useMove } from './use-move.ts';

/** The heart: who it is, what has to be judged, what happens next, and the decision. Another case is another page. */
export function CasePage() {
  const { id = '' } = useParams();
  const say = useWords();
  const navigate = useNavigate();
  const { data, error, refetch } = useCall(readCase, { params: { caseId: id } });
  const [list] = useKept(worklist);
  usePageTitle(data ? say('case.title', { reference: data.reference }) : say('case.case'));
  useKeys({ escape: () => navigate(listBehind(data?.kind ?? 'application', list?.view).path) });
  if (data) return <OpenCase key={id} of={data} />;
  if (error) return <TroublePlace error={error} retry={() => void refetch()} />;
  return <div className="three" aria-busy="true" />;
}

/** What a registration is opened for most. */
const sendings = ['resend', 'correctAddress'] as const;

/** Refusals that say the page is behind: the case is read anew and the person told what happened. */
const behind: readonly string[] = ['stale_version', 'not_allowed_now', 'not_yours_to_do'];

function OpenCase({ of }: { of: Case }) {
  const say = useWords(of.kind);
  const word = useCodeWord(of.kind);
  const tell = useTell();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [list] = useKept(worklist);
  const { move, isPending } = useMove();
  const { changed, accept, wasRefused } = useChanges(of);
  const [open, setOpen] = useState<CaseAction | undefined>(undefined);
  const [drafts, setDrafts] = useState<Partial<Record<CaseAction, Draft>>>({});
  const { record, candidates, choose } = useChosenRecord(of);
  const [tab, setTab] = useState<TabName>('timeline');
  const decisionPane = useRef<HTMLElement>(null);
  const me = useMe();
  const shown = open ?? opensByItself(of, me);
  const whyNot = useWhyNot(of);

  const openAction = (action: CaseAction) => {
    setOpen(action);
    setTimeout(() => {
      const pane = decisionPane.current;
      pane?.scrollIntoView({ block: 'nearest' });
      pane
        ?.querySelector<HTMLElement>('.action select, .action textarea, .action input:not([disabled]), .action button')
        ?.focus();
    }, 50);
  };
  const goOn = useCallback(() => accept(of), [accept, of]);
  const keepAsNote = (text: string) => {
    typeNote(of.id, text);
    openNotes();
    goOn();
  };
  const openNotes = () => {
    setTab('notes');
    setTimeout(() => document.querySelector<HTMLElement>('[data-note]')?.focus(), 50);
  };
  const goNext = async () => {
    if (list?.working) {
      const next = await claimNext(list.working);
      worklist.set({ ...list, ids: next ? [next.id] : [] });
      notice({ text: next ? say('queue.workTook', { reference: next.reference }) : say('queue.workNone') });
      navigate(next ? casePath(next.id) : '/queue');
      return;
    }
    const next = list?.ids[list.ids.indexOf(of.id) + 1];
    if (next) navigate(casePath(next));
  };

  const submit = async (action: CaseAction, body: MoveBody) => {
    try {
      const moved = await move(of.id, action, body);
      if (!moved) return;
      accept(moved);
      setDrafts(({ [action]: _done, ...others }) => others);
      setOpen(undefined);
      notice({ text: say(`case.said.${action}`, { reference: of.reference }) });
      if (list?.working && decisions.some((decision) => decision === action)) await goNext();
    } catch (error) {
      if (!(error instanceof Problem) || !behind.includes(error.code)) throw error;
      await Promise.all([
        queries.refetchQueries({ queryKey: [readCase.name, { caseId: of.id }] }),
        queries.invalidateQueries({ queryKey: [listCaseTimeline.name, { caseId: of.id }] }),
      ]);
      wasRefused(error, typedIn(drafts[action]));
    }
  };
  /** A move without a form. */
  const act = (action: CaseAction) =>
    isAllowed(of, action)
      ? () =>
          void submit(action, { version: of.version }).catch((error: unknown) => {
            const { what, next } = tell(error);
            notice({ text: `${what} ${next}`, isFailure: true });
          })
      : undefined;
  const opener = (action: CaseAction) => (isAllowed(of, action) ? () => openAction(action) : undefined);
  /** The key of a move that is not possible says why. */
  const orWhy = (does: (() => void) | undefined, action: (typeof decisions)[number] | 'claim') =>
    does ?? (() => notice({ text: whyNot(action), isInfo: true }));
  const at = list?.ids.indexOf(of.id) ?? -1;
  const previousId = at > 0 ? list?.ids[at - 1] : undefined;
  const nextId = at >= 0 ? list?.ids[at + 1] : undefined;
  const previous = previousId === undefined ? undefined : () => navigate(casePath(previousId));
  const next = list?.working || nextId !== undefined ? () => void goNext() : undefined;

  const behindIt = listBehind(of.kind, list?.view);
  const isJudged = of.kind === 'application';

  useKeys({
    j: next,
    k: previous,
    c: isJudged ? orWhy(act('claim') ?? act('release'), 'claim') : undefined,
    a: isJudged ? orWhy(opener('approve'), 'approve') : undefined,
    i: isJudged ? orWhy(opener('requestInformation'), 'requestInformation') : undefined,
    r: isJudged ? orWhy(opener('reject'), 'reject') : undefined,
    n: openNotes,
  });
  useEffect(() => {
    document.getElementById('main')?.focus({ preventScroll: true });
  }, []);
  useEffect(() => rememberOpened(behindIt.screen, of.id), [behindIt.screen, of.id]);

  return (
    <>
      <CaseHeader
        of={of}
        list={list}
        backTo={say(behindIt.word)}
        back={() => navigate(behindIt.path)}
        previous={previous}
        next={next}
        claim={act('claim')}
        release={act('release')}
        openAction={openAction}
      />
      {of.engine.delayed && (
        <div className="banner" role="status">
          <HourglassTopOutlined className="i" />
          <p className="grow">
            <b>{say('case.delayed')}</b> {say('case.delayedWhy')}
          </p>
        </div>
      )}
      {changed && <ChangedBanner of={of} changed={changed} goOn={goOn} nextCase={next} keepAsNote={keepAsNote} />}
      <div className="three">
        <Pane as="aside" className="pane left" label={say('case.applicant')}>
          <Applicant of={of} correctAddress={opener('correctAddress')} />
        </Pane>
        <Pane className="pane" label={say('case.isPatient')}>
          <RegistrationProgress of={of} />
          <Comparison of={of} candidates={candidates} chosen={record} choose={choose} />
          <CaseTabs of={of} tab={tab} setTab={setTab} correctAddress={opener('correctAddress')} />
        </Pane>
        <Pane as="aside" className="pane right" label={say('case.next.title')} ref={decisionPane}>
          <HappensNext of={of} />
          <DecisionPane
            of={of}
            open={shown}
            setOpen={openAction}
            drafts={drafts}
            changeDraft={(action, to) =>
              setDrafts((now) => ({ ...now, [action]: { ...(now[action] ?? emptyDraft), ...to } }))
            }
            record={record}
            candidates={candidates}
            chooseRecord={choose}
            isPending={isPending}
            isWorking={Boolean(list?.working)}
            submit={submit}
            claim={act('claim')}
          />
        </Pane>
      </div>
      <div className="mob">
        {act('claim') && (
          <button type="button" className="btn p" onClick={act('claim')}>
            {say('do.claim')}
          </button>
        )}
        {(isJudged ? decisions : sendings).map(
          (name, no) =>
            isAllowed(of, name) && (
              <button key={name} type="button" className={no === 0 ? 'btn p' : 'btn'} onClick={() => openAction(name)}>
                {word('move', name)}
              </button>
            ),
        )}
      </div>
    </>
  );
}

/** Which record would be bound (null: none), out of the likely ones and the one that was found by hand last. */
function useChosenRecord(of: Case) {
  const [picked, setPicked] = useState<string | null | undefined>(undefined);
  const [foundId, setFoundId] = useState<string | undefined>(undefined);
  const isLikely = (id: string) => of.matches.some(({ recordId }) => recordId === id);
  const record = picked === undefined ? likelyRecord(of) : picked;
  const byHand = [record, foundId].find((id): id is string => typeof id === 'string' && !isLikely(id));
  const { data } = useCall(
    listCaseRecords,
    { params: { caseId: of.id }, query: { id: byHand === undefined ? [] : [byHand] } },
    { enabled: byHand !== undefined },
  );
  const found = byHand === undefined ? [] : (data?.data ?? []);
  const candidates: readonly Candidate[] = [...of.matches, ...found];
  const choose = (id: string | null) => {
    setPicked(id);
    if (id !== null && !isLikely(id)) setFoundId(id);
  };
  return { record, candidates, choose };
}
