import Check from '@mui/icons-material/Check';
import CompareArrowsOutlined from '@mui/icons-material/CompareArrowsOutlined';
import PersonSearchOutlined from '@mui/icons-material/PersonSearchOutlined';
import Remove from '@mui/icons-material/Remove';
import { useRef, useState } from 'react';
import { useMay } from '../parts/use-me.ts';
import { dateInWords } from '../words/dates.ts';
import { useCodeWord, useLanguage, useWords } from '../words/use-words.ts';
import { type Candidate, type Case, hinders } from './case.ts';
import { differingPart } from './differing-part.ts';
import { matchInWords } from './match-in-words.ts';
import { RecordSearch } from './RecordSearch.tsx';
import { WhyNot } from './RecordTroubleNote.tsx';

interface ComparisonProps {
  of: Case;
  /** The likely records, and one that was found by hand. */
  candidates: readonly Candidate[];
  /** The record chosen; null: none. */
  chosen: string | null;
  choose: (recordId: string | null) => void;
}

/**
 * What has to be judged: what the person gave beside what a record holds, field by field. Only differing rows are marked. A
 * registration is of one record from the start: there what it was sent with stands beside the record as it is now.
 */
export function Comparison({ of, candidates, chosen, choose }: ComparisonProps) {
  const say = useWords(of.kind);
  const may = useMay();
  const [isSearching, setSearching] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const choices = useRef<HTMLDivElement>(null);
  const candidate = candidates.find(({ recordId }) => recordId === chosen);
  const isDecided = of.decidedAt !== null || of.waitingOn === null;
  const isChoosing = of.kind === 'application';
  const needsRecord = of.allowedActions.some((action) => action.needsRecord);
  const take = (recordId: string) => {
    choose(recordId);
    setSearching(false);
    setTimeout(() => choices.current?.querySelector<HTMLElement>('input:checked')?.focus(), 50);
  };
  const close = () => {
    setSearching(false);
    opener.current?.focus();
  };
  return (
    <>
      <div className="sec row asks">
        <h2>{say('case.isPatient')}</h2>
        <span className="grow" />
        {isChoosing && !isDecided && may('record.read') && (
          <button
            ref={opener}
            type="button"
            className={isSearching ? 'btn sm on' : 'btn sm'}
            aria-expanded={isSearching}
            onClick={() => setSearching(!isSearching)}
          >
            <PersonSearchOutlined className="i" />
            {say('case.search')}
          </button>
        )}
      </div>
      {isSearching && <RecordSearch of={of} choose={take} close={close} />}
      {isChoosing && (
        <div className="cand" role="radiogroup" aria-label={say('case.patientRecord')} ref={choices}>
          {candidates.map((match) => (
            <CandidateChoice key={match.recordId} of={of} match={match} chosen={chosen} choose={choose} />
          ))}
          <label>
            <input
              type="radio"
              name="record"
              checked={chosen === null}
              disabled={needsRecord && chosen !== null}
              onChange={() => choose(null)}
            />
            <span className="b cut">{say('case.noRecord')}</span>
            <span />
            <span className="meta s">{say(needsRecord ? 'case.recordDemanded' : 'case.limited')}</span>
          </label>
        </div>
      )}
      <FieldByField of={of} candidate={candidate} />
      <p className="sec meta m under-table">
        {candidate ? (
          <RecordFacts of={candidate} kind={of.kind} />
        ) : isChoosing && candidates.length === 0 ? (
          say(needsRecord ? 'case.noCandidatesDemanded' : 'case.noCandidates')
        ) : null}
      </p>
    </>
  );
}

interface CandidateChoiceProps extends Omit<ComparisonProps, 'candidates'> {
  match: Candidate;
}

function CandidateChoice({ of, match, chosen, choose }: CandidateChoiceProps) {
  const say = useWords();
  return (
    <label>
      <input type="radio" name="record" checked={chosen === match.recordId} onChange={() => choose(match.recordId)} />
      <span className="b cut">
        <bdi>
          {match.firstName} {match.lastName}
        </bdi>
      </span>
      <span />
      <span className="meta s">
        {match.mrn} · {matchInWords(match, say)}
        {of.patientRecordId === match.recordId && ` · ${say('case.bound')}`}
        {match.trouble && (
          <>
            {' · '}
            <b className="late">{say('case.notBindable')}</b>
          </>
        )}
      </span>
    </label>
  );
}

function FieldByField({ of, candidate }: { of: Case; candidate: Candidate | undefined }) {
  const say = useWords(of.kind);
  const word = useCodeWord();
  const known = candidate?.fields ?? claimedAlone(of);
  // A registration is sent with less than a form asks for; what was not sent is not compared.
  const fields = of.kind === 'registration' ? known.filter(({ claimed }) => claimed !== null) : known;
  const said = (field: string, text: string | null) => (field === 'sexAtBirth' && text ? word('sex', text) : text);
  return (
    <div className="cmp">
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">{say('case.field')}</th>
            <th scope="col">{say('case.claimed')}</th>
            <th scope="col">{candidate ? say('case.record', { mrn: candidate.mrn }) : say('case.noRecord')}</th>
            <th scope="col">{say('case.result')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, claimed, onFile, verdict }) => (
            <tr key={field} className={verdict === 'differs' ? 'x' : verdict === 'missing' ? 'y' : undefined}>
              <th scope="row">{word('field', field)}</th>
              <td data-said={say('case.appliedShort')}>
                {verdict === 'differs' ? (
                  <Differing text={said(field, claimed)} from={said(field, onFile)} />
                ) : (
                  <Value text={said(field, claimed)} />
                )}
              </td>
              <td data-said={say('case.recordShort')}>
                <Value text={said(field, onFile)} />
              </td>
              <td>{candidate ? <Verdict of={verdict} /> : <span className="m">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Without a record there is still what the person gave. */
function claimedAlone({ subject }: Case): Candidate['fields'] {
  const fields = ['firstName', 'lastName', 'dateOfBirth', 'postalCode', 'email', 'sexAtBirth'] as const;
  return fields.map((field) => ({ field, claimed: subject[field], onFile: null, verdict: 'missing' }));
}

function Verdict({ of }: { of: 'match' | 'differs' | 'missing' }) {
  const say = useWords();
  if (of === 'match') {
    return (
      <span className="row">
        <Check className="i ok" />
        {say('case.match')}
      </span>
    );
  }
  if (of === 'differs') {
    return (
      <span className="row due b">
        <CompareArrowsOutlined className="i" />
        {say('case.differs')}
      </span>
    );
  }
  return (
    <span className="row m">
      <Remove className="i" />
      {say('case.missing')}
    </span>
  );
}

function Value({ text }: { text: string | null }) {
  const say = useWords();
  const [language] = useLanguage();
  if (text === null || text === '') return <span className="m">{say('said.notGiven')}</span>;
  const shown = dateInWords(text, language);
  return <bdi title={shown}>{shown}</bdi>;
}

/** The claim with the part that differs marked. */
function Differing({ text, from }: { text: string | null; from: string | null }) {
  const [language] = useLanguage();
  if (text === null || from === null) return <Value text={text} />;
  const [before, part, after] = differingPart(dateInWords(text, language), dateInWords(from, language));
  return (
    <bdi title={text}>
      {before}
      {part && <mark>{part}</mark>}
      {after}
    </bdi>
  );
}

function RecordFacts({ of, kind }: { of: Candidate; kind: Case['kind'] }) {
  const say = useWords();
  const word = useCodeWord();
  const [language] = useLanguage();
  const { trouble } = of;
  const isHindered = trouble !== null && hinders(trouble, kind);
  const facts = [
    of.practice && say('case.recordAt', { practice: of.practice }),
    of.deceasedOn && say('case.recordDeceased', { on: dateInWords(of.deceasedOn, language) }),
    of.confidential && say('case.recordConfidential'),
    of.mergedInto && say('case.recordMerged'),
    !isHindered && say('case.recordFine'),
    ...of.hints.map((hint) => `${word('hint', hint)}.`),
  ];
  const isTaken = trouble && (trouble.account || trouble.case || trouble.code === 'other_portal');
  return (
    <span className={isHindered ? 'late' : undefined}>
      {facts.filter(Boolean).join(' ')} {isTaken && <WhyNot of={trouble} kind={kind} />}
    </span>
  );
}
