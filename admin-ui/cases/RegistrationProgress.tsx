import CheckCircle from '@mui/icons-material/CheckCircle';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import { Instant } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import type { CaseRow } from './case.ts';
import './registration-progress.css';

/** How far a registration came, from the mail to the account; nothing for other kinds of case. */
export function RegistrationProgress({ of }: { of: CaseRow }) {
  const say = useWords();
  if (!of.registration) return null;
  const { sentAt, openedAt, identifiedAt, failedTries } = of.registration;
  const isDone = of.state === 'registered' || of.state === 'linked';
  const steps = [
    { name: 'sent', at: sentAt, isDone: sentAt !== null },
    { name: 'opened', at: openedAt, isDone: openedAt !== null },
    { name: 'identified', at: identifiedAt, isDone: identifiedAt !== null },
    { name: of.state === 'linked' ? 'linked' : 'registered', at: null, isDone },
  ] as const;
  return (
    <div className="sec reg-progress">
      <h2>{say('case.progress')}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step.name} className={step.isDone ? 'done' : undefined}>
            {step.isDone ? <CheckCircle className="i ok" /> : <RadioButtonUnchecked className="i m" />}
            <span className={step.isDone ? 'b' : 'm'}>{say(`case.progress.${step.name}`)}</span>
            <span className="meta m">
              {step.at ? (
                <Instant at={step.at} portal={of.portal} />
              ) : (
                say(step.isDone ? 'case.progress.done' : 'case.progress.notYet')
              )}
            </span>
          </li>
        ))}
      </ol>
      {failedTries > 0 && (
        <p className={of.state === 'locked' ? 'meta late' : 'meta due'}>
          {say('case.progress.tries', { smart_count: failedTries })}
        </p>
      )}
    </div>
  );
}
