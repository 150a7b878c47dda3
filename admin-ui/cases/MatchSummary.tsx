import Check from '@mui/icons-material/Check';
import CompareArrowsOutlined from '@mui/icons-material/CompareArrowsOutlined';
import { useWords } from '../words/use-words.ts';
import { type Case, hinders } from './case.ts';
import { WhyNot } from './RecordTroubleNote.tsx';

/** The likeliest record in two lines, for the preview. */
export function MatchSummary({ of }: { of: Case }) {
  const say = useWords();
  const isChosen = of.kind === 'registration';
  const best = isChosen ? of.matches.find(({ recordId }) => recordId === of.patientRecordId) : of.matches[0];
  const compared = best?.fields.filter(({ claimed }) => !isChosen || claimed !== null) ?? [];
  const matches = compared.filter(({ verdict }) => verdict === 'match').length;
  const isHindered = Boolean(best?.trouble && hinders(best.trouble, of.kind));
  return (
    <div className="sec">
      <div className="row">
        <h2>{say('case.patientRecord')}</h2>
        <span className="grow" />
        {best && (
          <span className={best.isWholeMatch ? 'tag ok' : 'tag due'}>
            {best.isWholeMatch ? <Check className="i" /> : <CompareArrowsOutlined className="i" />}
            {say('case.matchCount', { matches, total: compared.length })}
          </span>
        )}
      </div>
      {best && (
        <p className="b">
          <bdi>
            {best.firstName} {best.lastName}
          </bdi>{' '}
          <span className="m ref">· {best.mrn}</span>
        </p>
      )}
      <p className="s">
        {!isChosen && (best ? say('case.candidates', { smart_count: of.matches.length }) : say('case.noCandidate'))}{' '}
        {best && !isHindered && say('case.recordFine')}
      </p>
      {best?.trouble && (
        <p className={isHindered ? 'late' : 's'}>
          {isHindered && say('case.notBindable')} <WhyNot of={best.trouble} kind={of.kind} />
        </p>
      )}
    </div>
  );
}
