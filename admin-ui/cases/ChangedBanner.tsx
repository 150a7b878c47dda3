import SyncAltOutlined from '@mui/icons-material/SyncAltOutlined';
import { useEffect } from 'react';
import { type Problem, problemCodes } from '../../contract/problems.ts';
import { listCaseTimeline } from '../../contract/routes/staff/cases.ts';
import { Ago } from '../parts/time.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMe } from '../parts/use-me.ts';
import { useCodeWord, useServerWords, useWords } from '../words/use-words.ts';
import type { Case } from './case.ts';
import type { Changed } from './use-changes.ts';

interface ChangedBannerProps {
  of: Case;
  changed: Changed;
  goOn: () => void;
  nextCase: (() => void) | undefined;
  /** Puts what was typed where notes are written. */
  keepAsNote: (text: string) => void;
}

/** Somebody was first: who did what and when, what is different now; or what was sent does not fit. Nothing typed is lost. */
export function ChangedBanner({
  of,
  changed: { before, refusal, typed },
  goOn,
  nextCase,
  keepAsNote,
}: ChangedBannerProps) {
  const say = useWords();
  const me = useMe();
  const { data } = useCall(listCaseTimeline, { params: { caseId: of.id }, query: { order: 'desc', perPage: 100 } });
  const since = (data?.data ?? []).filter(({ at }) => at > before.updatedAt);
  // What a person did is the news; what the engine did after it only follows.
  const news = since.find(({ actor }) => actor.kind !== 'engine' && actor.id !== me.id);
  const latest = news ?? since[0];
  // The engine's own steps after one's own move are no news.
  const isQuiet = refusal === undefined && news === undefined;
  // A case that is as it was did not change because of anybody: it is the move that does not fit.
  const isUnchanged = refusal !== undefined && of.version <= before.version;
  const isKnown = isQuiet && since.length > 0;
  useEffect(() => {
    if (isKnown) goOn();
  }, [isKnown, goOn]);
  const changes = useChangesInWords(before, of);
  if (isQuiet) return null;
  return (
    <div className="changed" role="status">
      <div className="banner acc">
        <SyncAltOutlined className="i" />
        <p className="grow">
          {isUnchanged ? (
            <NotNow refusal={refusal} />
          ) : (
            latest && (
              <b>
                {latest.text}, <Ago at={latest.at} portal={of.portal} />.
              </b>
            )
          )}{' '}
          {refusal && say('case.notSent')}
        </p>
        {typed && (
          <button type="button" className="btn sm" onClick={() => keepAsNote(typed)}>
            {say('case.keepText')}
          </button>
        )}
        <button type="button" className="btn sm" onClick={goOn}>
          {say('case.gotIt')}
        </button>
        {nextCase && (
          <button type="button" className="btn sm p" onClick={nextCase}>
            {say('case.nextCase')}
          </button>
        )}
      </div>
      {(changes.length > 0 || typed) && (
        <div className="sec">
          <h2>{say('case.changed')}</h2>
          <dl className="diff">
            {changes.map(({ name, was, is }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <s>{was}</s> → {is}
                </dd>
              </div>
            ))}
            {typed && (
              <div>
                <dt>{say('case.was.typed')}</dt>
                <dd className="their-words">{typed}</dd>
              </div>
            )}
          </dl>
        </div>
      )}
    </div>
  );
}

/** Why it cannot be done, and the next step; what the server says of every such refusal is said of the case. */
function NotNow({ refusal: { code, detail, nextStep } }: { refusal: Problem }) {
  const say = useWords();
  const inWords = useServerWords();
  const isOfEvery = code === 'not_allowed_now' && detail === inWords(problemCodes.not_allowed_now.detail);
  return (
    <>
      <b>{isOfEvery ? say('case.notNow') : detail}</b> {nextStep}
    </>
  );
}

function useChangesInWords(before: Case, now: Case): { name: string; was: string; is: string }[] {
  const say = useWords(now.kind);
  const word = useCodeWord(now.kind);
  const none = say('said.none');
  const mrnOf = (of: Case) => now.matches.find(({ recordId }) => recordId === of.patientRecordId)?.mrn ?? none;
  const flagsOf = (of: Case) => of.flags.map((flag) => word('flag', flag)).join(', ') || none;
  return [
    { name: say('case.was.state'), was: word('state', before.state), is: word('state', now.state) },
    {
      name: say('case.was.assignee'),
      was: before.assigneeName ?? say('said.nobody'),
      is: now.assigneeName ?? say('said.nobody'),
    },
    { name: say('case.was.record'), was: mrnOf(before), is: mrnOf(now) },
    { name: say('case.was.email'), was: before.subject.email, is: now.subject.email },
    { name: say('case.was.flags'), was: flagsOf(before), is: flagsOf(now) },
  ].filter(({ was, is }) => was !== is);
}
