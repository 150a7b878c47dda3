import type { ReactNode } from 'react';
import type { WireResult } from '../../contract/route.ts';
import type { readApplicationStatus } from '../../contract/routes/public/applications.ts';
import { durationInWords } from '../../contract/rules.ts';
import { dateInWords, instantInWords } from '../../contract/words.ts';
import { daysUntil, shortDayInWords } from '../days.ts';
import { ForgetHere } from '../forget/forget-page.tsx';
import { PageForm } from '../forms/PageForm.tsx';
import { TextField } from '../forms/TextField.tsx';
import { CallUs } from '../layout/CallUs.tsx';
import { LinkButton } from '../layout/LinkButton.tsx';
import { atLineStart } from '../line-start.ts';
import type { Shown, Told } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { answerName } from './answers.ts';
import { statusWords } from './words.ts';

/** An application as the API tells it to its person. */
export type OwnApplication = WireResult<typeof readApplicationStatus>;

interface Where {
  visit: Visit;
  told: Told;
  application: OwnApplication;
}

/** Where an application is: what to do, by when, and the way through. One text for each situation. */
export function whereShown(reference: string, where: Where): Shown {
  const words = statusWords[where.visit.language];
  const { title, body, mayStop = true } = situations[where.application.situation](where);
  return {
    title,
    journey: words.journey,
    body: (
      <>
        <p className="step">{words.application(reference)}</p>
        <h1>{title}</h1>
        {body}
        {mayStop && <StopLink visit={where.visit} />}
        <ForgetHere visit={where.visit} />
      </>
    ),
  };
}

interface Situation {
  title: string;
  body: ReactNode;
  /** Over already: there is nothing to stop. */
  mayStop?: boolean;
}

const situations: Record<OwnApplication['situation'], (where: Where) => Situation> = {
  received: (where) => beingChecked(where, statusWords[where.visit.language].receivedTitle),
  in_review: (where) => beingChecked(where, statusWords[where.visit.language].reviewTitle),
  waiting_for_you: questionsAsked,
  approved: codeComes,
  code_sent: codeSent,
  code_dead: codeDead,
  expired: codeRanOut,
  expired_call: codeRanOut,
  active: ({ visit }) => {
    const words = statusWords[visit.language];
    return {
      title: words.activeTitle,
      mayStop: false,
      body: (
        <>
          <p>{words.activeText}</p>
          <LinkButton visit={visit} path="/sign-in" words={words.signIn} />
        </>
      ),
    };
  },
  closed: ({ visit }) => {
    const words = statusWords[visit.language];
    return {
      title: words.closedTitle,
      mayStop: false,
      body: (
        <>
          <p>{words.closedText}</p>
          <LinkButton visit={visit} path="/apply" words={words.applyAgain} />
        </>
      ),
    };
  },
};

function beingChecked({ visit, application }: Where, title: string): Situation {
  const words = statusWords[visit.language];
  return {
    title,
    body: (
      <>
        <PromiseCard visit={visit} application={application} />
        <h2>{words.whereItIs}</h2>
        <Track visit={visit} application={application} />
        <SenderNote visit={visit} />
      </>
    ),
  };
}

/** Until when we promised to write. A promise that is broken is said, not hidden. */
function PromiseCard({ visit, application: { promisedBy, businessDaysLeft = 0 } }: Omit<Where, 'told'>) {
  const words = statusWords[visit.language];
  if (promisedBy === undefined) return <p>{words.nothingToDo}</p>;
  const by = new Date(promisedBy);
  if (by <= visit.now) {
    return (
      <div className="card wait">
        <p className="big">{words.late}</p>
        <p>
          {words.lateText} <CallUs visit={visit} />
        </p>
      </div>
    );
  }
  return (
    <div className="card">
      <p className="big">{businessDaysLeft > 0 ? words.workingDaysLeft(businessDaysLeft) : words.promisedToday}</p>
      <p>
        {words.weEmailBy} <strong>{instantInWords(by, visit.portal.timeZone, visit.locale)}</strong>.{' '}
        {words.nothingToDo}
      </p>
    </div>
  );
}

/** The way through: what is done, where it is, what comes. */
function Track({ visit, application: { steps } }: Omit<Where, 'told'>) {
  const words = statusWords[visit.language];
  const names = {
    received: words.stepReceived,
    in_review: words.stepReview,
    code_sent: words.stepCode,
    active: words.stepOpen,
  };
  const current = steps.findLastIndex(({ at }) => at !== undefined);
  return (
    <ol className="track">
      {steps.map(({ name, at }, index) => {
        const day = at === undefined ? undefined : shortDayInWords(new Date(at), visit);
        const isCurrent = index === current;
        return (
          <li key={name} className={index < current ? 'done' : undefined} aria-current={isCurrent ? 'step' : undefined}>
            <strong>{names[name]}</strong>
            {isCurrent && index > 0 && day ? words.since(day) : day && atLineStart(day, visit.language)}
          </li>
        );
      })}
    </ol>
  );
}

function questionsAsked({ visit, told, application: { questions = [], answerBy } }: Where): Situation {
  const words = statusWords[visit.language];
  return {
    title: words.questionsTitle,
    body: (
      <>
        <div className="card wait">
          <p className="state">{words.waitingForYou}</p>
          {answerBy !== undefined && <AnswerBy visit={visit} at={new Date(answerBy)} />}
        </div>
        <PageForm visit={visit} action="/status/answers">
          {questions.map((question, index) => (
            <TextField
              key={answerName(index)}
              name={answerName(index)}
              label={
                <>
                  <span className="opt">{words.question(index + 1, questions.length)}</span>
                  <br />
                  {question}
                </>
              }
              told={told}
              language={visit.language}
              isLong
            />
          ))}
          <button className="btn" type="submit">
            {words.sendAnswers}
          </button>
        </PageForm>
        <p>
          {words.easierByPhone} <CallUs visit={visit}>{words.callUs}</CallUs> {words.sayReference}
        </p>
      </>
    ),
  };
}

function AnswerBy({ visit, at }: { visit: Visit; at: Date }) {
  const words = statusWords[visit.language];
  const days = daysUntil(at, visit);
  return (
    <>
      <p className="big">{days > 0 ? words.daysLeft(days) : words.today}</p>
      <p>
        {words.answerBy} <strong>{dateInWords(at, visit.portal.timeZone, visit.locale)}</strong>. {words.afterThatDay}
      </p>
    </>
  );
}

function codeComes({ visit }: Where): Situation {
  const words = statusWords[visit.language];
  return {
    title: words.approvedTitle,
    body: (
      <>
        <div className="card good">
          <p className="state">{words.approved}</p>
          <p className="big">{words.codeComes}</p>
          <p>{words.codeComesText}</p>
        </div>
        <SenderNote visit={visit} isLast />
      </>
    ),
  };
}

function codeSent({ visit, application: { steps, expiresAt } }: Where): Situation {
  const words = statusWords[visit.language];
  const sentAt = steps.find(({ name }) => name === 'code_sent')?.at;
  return {
    title: words.openTitle,
    body: (
      <>
        <div className="card good">
          <p className="state">{words.approved}</p>
          {expiresAt !== undefined && <WorksUntil visit={visit} at={new Date(expiresAt)} />}
        </div>
        {sentAt !== undefined && (
          <p>
            {words.codeEmailed(shortDayInWords(new Date(sentAt), visit))} <strong>{visit.portal.sender.address}</strong>
            .
          </p>
        )}
        <LinkButton visit={visit} path="/activate" words={words.openAccount} />
        <h2>{words.noCodeEmail}</h2>
        <ol>
          <li>{words.lookInSpam}</li>
          <li>{words.lookEverywhere}</li>
          <li>
            {words.stillNothing} <CallUs visit={visit}>{words.callUs}</CallUs>. {words.newCodeByPhone}
          </li>
        </ol>
      </>
    ),
  };
}

function WorksUntil({ visit, at }: { visit: Visit; at: Date }) {
  const words = statusWords[visit.language];
  const days = daysUntil(at, visit);
  return (
    <>
      <p className="big">{days > 0 ? words.daysLeftForCode(days) : words.lastDayForCode}</p>
      <p>
        {words.worksUntil} <strong>{instantInWords(at, visit.portal.timeZone, visit.locale)}</strong>.
      </p>
    </>
  );
}

function codeDead({ visit }: Where): Situation {
  const words = statusWords[visit.language];
  return {
    title: words.deadTitle,
    body: (
      <div className="card wait">
        <p className="state">{words.deadState}</p>
        <p className="big">
          <CallUs visit={visit} />
        </p>
        <p>{words.deadText}</p>
      </div>
    ),
  };
}

function codeRanOut({ visit, application: { expiresAt, canRenew, renewedFor } }: Where): Situation {
  const words = statusWords[visit.language];
  const until = expiresAt && instantInWords(new Date(expiresAt), visit.portal.timeZone, visit.locale);
  return {
    title: words.runOutTitle,
    body: (
      <>
        <div className="card wait">
          <p className="state">{words.runOutState}</p>
          <p>
            {until && (
              <>
                {words.workedUntil} <strong>{until}</strong>.{' '}
              </>
            )}
            {canRenew ? words.renewHere : words.renewByPhone}
          </p>
          {!canRenew && (
            <p className="big">
              <CallUs visit={visit} />
            </p>
          )}
        </div>
        {canRenew && (
          <>
            <p>{words.sentToAddress(durationInWords(renewedFor ?? 'P60D', visit.language))}</p>
            <PageForm visit={visit} action="/status/renewals" isSecond>
              <button className="btn" type="submit">
                {words.renew}
              </button>
            </PageForm>
            <details>
              <summary>{words.otherAddress}</summary>
              <p>{words.otherAddressText}</p>
            </details>
          </>
        )}
      </>
    ),
  };
}

/** Whose email to look for, on every page that promises one. */
export function SenderNote({ visit, isLast = false }: { visit: Visit; isLast?: boolean }) {
  const words = statusWords[visit.language];
  return (
    <p className="note">
      {words.emailFrom} <strong>{visit.portal.sender.address}</strong>. {words.spam}
      {isLast && (
        <>
          {' '}
          {words.noEmail} <CallUs visit={visit}>{words.callUs}</CallUs>.
        </>
      )}
    </p>
  );
}

function StopLink({ visit }: { visit: Visit }) {
  const words = statusWords[visit.language];
  return (
    <>
      <h2>{words.changedMind}</h2>
      <p>
        <a href={pageAddress(visit, '/status/stop')}>{words.stop}</a>
      </p>
    </>
  );
}
