import { Problem } from '../../contract/problems.ts';
import { checkMailboxCode, sendMailboxCode } from '../../contract/routes/public/activations.ts';
import { figures } from '../../contract/rules.ts';
import { timeInWords } from '../../contract/words.ts';
import { PageForm } from '../forms/PageForm.tsx';
import { TextField } from '../forms/TextField.tsx';
import { judgedOnce } from '../judged-once.ts';
import { CallUs } from '../layout/CallUs.tsx';
import type { Page, Shown, Taken, Told } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { sendNumbersUnlessJustSent } from './email-page.tsx';
import { MaskedAddress } from './masked-address.tsx';
import { duePath, onward, paramsOf, showStep, stepPage, takeStep, type Walk, wordsOf } from './steps.tsx';

const field = 'digits';
const path = '/activate/email-code';

/** Step 3, where a mailbox has to be proven: the 8 numbers that were mailed to it. A changed address takes two rounds. */
export const emailCodePage: Page = {
  path,
  show: showNumbers,
  take: (visit) => takeStep(visit, () => takeNumbers(visit)),
};

/** "Send me new numbers" posts here; its refusals are shown on the page it stands on. */
export const emailCodesPage: Page = {
  path: '/activate/email-codes',
  show: (visit, told) => (told.errors.length > 0 ? showNumbers(visit, told) : { to: pageAddress(visit, path) }),
  take: (visit) =>
    takeStep(visit, async () => {
      try {
        const walk = await visit.call(sendMailboxCode, { params: paramsOf(visit) });
        visit.kept.notice = 'numbers_sent';
        return onward(visit, walk);
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'mailed_recently') throw error;
        return { errors: [{ field, message: mailedRecently(visit, error) }], status: 429 };
      }
    }),
};

function showNumbers(visit: Visit, told: Told): Promise<Shown | { to: string }> {
  return showStep(visit, 'email', (walk) => {
    if (!walk.needsMailboxCode) return { to: pageAddress(visit, duePath(walk)) };
    const notice = noticeOf(visit);
    const words = wordsOf(visit);
    const title = walk.codeExpiresAt === undefined ? words.digitsAskTitle : words.digitsTitle;
    return stepPage(visit, {
      step: 'email',
      title,
      walk,
      back: { path: '/activate/email' },
      body: numbersBody(visit, told, walk, notice),
    });
  });
}

/** Told once. */
function noticeOf(visit: Visit): string | undefined {
  const words = wordsOf(visit);
  const { notice } = visit.kept;
  if (notice !== 'numbers_sent' && notice !== 'second_mailbox') return undefined;
  delete visit.kept.notice;
  return notice === 'numbers_sent' ? words.digitsSentAgain : words.digitsSecond;
}

/** A minute has to pass between two mails; who waits longer had the last one of the day. */
function mailedRecently(visit: Visit, { retryAfterSeconds = 0 }: Problem): string {
  const words = wordsOf(visit);
  return retryAfterSeconds > figures.personalMails.apartSeconds ? words.mailedTooOften : words.mailedJustNow;
}

async function takeNumbers(visit: Visit): Promise<Taken> {
  const words = wordsOf(visit);
  const code = visit.typed.text('code');
  if (code === '') return { errors: [{ field, message: words.typeDigits }] };
  return judgedOnce(visit, {
    refusedAs: 'code_not_accepted',
    typed: code,
    judge: () => check(visit, code),
    refusal: (triesLeft) => ({
      errors: [{ field, message: triesLeft > 0 ? words.digitsWrong(triesLeft) : words.digitsDead }],
    }),
  });
}

async function check(visit: Visit, code: string): Promise<Taken> {
  try {
    const walk = await visit.call(checkMailboxCode, { params: paramsOf(visit), body: { code } });
    if (!walk.needsMailboxCode) return onward(visit, walk);
    visit.kept.notice = 'second_mailbox';
    return onward(visit, await sendNumbersUnlessJustSent(visit, walk));
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'validation_failed') throw error;
    const words = wordsOf(visit);
    // The numbers were right, and somebody signs in with the address by now; or what was typed is far too long.
    return { errors: [{ field, message: error.errors?.email ? words.addressInUse : words.typeDigits }] };
  }
}

function numbersBody(visit: Visit, told: Told, walk: Walk, notice: string | undefined) {
  const words = wordsOf(visit);
  const isSent = walk.codeExpiresAt !== undefined;
  return (
    <>
      {notice !== undefined && (
        <div className="card good" role="status">
          <p>{notice}</p>
        </div>
      )}
      <PageForm visit={visit} action={path}>
        <TextField
          name="code"
          id={field}
          label={isSent ? words.digitsTitle : words.digitsAskTitle}
          told={told}
          language={visit.language}
          hint={<WhereAndWhen visit={visit} walk={walk} />}
          isHeading
          input={{ className: 'code code8', inputMode: 'numeric', autoComplete: 'one-time-code', spellCheck: false }}
        />
        <button className="btn" type="submit">
          {formWords[visit.language].continue}
        </button>
      </PageForm>
      <PageForm visit={visit} action="/activate/email-codes" isSecond>
        <button className="plain" type="submit">
          {words.sendNumbers}
        </button>
      </PageForm>
      <p className="hint">
        {words.digitsFrom} <strong>{visit.portal.sender.address}</strong>
        {words.digitsFromText}
      </p>
      <details>
        <summary>{words.cannotRead}</summary>
        <p>
          {words.cannotReadOldThen} <CallUs visit={visit}>{words.callUs}</CallUs>
          {words.cannotReadOldText}
        </p>
      </details>
    </>
  );
}

function WhereAndWhen({ visit, walk }: { visit: Visit; walk: Walk }) {
  const words = wordsOf(visit);
  const { codeExpiresAt, mailboxHint = walk.emailHint } = walk;
  const address = <MaskedAddress hint={mailboxHint} language={visit.language} />;
  if (codeExpiresAt === undefined) {
    return (
      <>
        {words.digitsNone} {address}.
      </>
    );
  }
  const end = new Date(codeExpiresAt);
  const sent = new Date(end.getTime() - figures.mailboxCode.lifetimeMinutes * 60_000);
  const { timeZone } = visit.portal;
  return (
    <>
      {words.digitsSent(timeInWords(sent, timeZone, visit.locale))} {address}.{' '}
      {words.digitsUntil(timeInWords(end, timeZone, visit.locale))}
    </>
  );
}
