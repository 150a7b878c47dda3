import { Problem } from '../../contract/problems.ts';
import { confirmIdentity } from '../../contract/routes/public/activations.ts';
import { plainDateInWords } from '../../contract/words.ts';
import { DateField, dateParts } from '../forms/DateField.tsx';
import { PageForm } from '../forms/PageForm.tsx';
import { readDate } from '../forms/read-date.ts';
import { judgedOnce } from '../judged-once.ts';
import type { Page, Taken } from '../page.ts';
import { todayOf } from '../today.ts';
import type { Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { lockedPage } from './locked-page.tsx';
import { onward, paramsOf, showStep, stepPage, takeStep, wordsOf } from './steps.tsx';

/** Step 2: the date of birth. The policy's last wrong one ends the code. */
export const identityPage: Page = {
  path: '/activate/identity',
  show: (visit, told) =>
    showStep(visit, 'identity', (walk) => {
      const words = wordsOf(visit);
      const { continue: goOn, tryAgain, dateHint } = formWords[visit.language];
      return stepPage(visit, {
        step: 'identity',
        title: words.bornTitle,
        walk,
        body: (
          <PageForm visit={visit}>
            <DateField
              legend={words.bornTitle}
              told={told}
              language={visit.language}
              hint={`${words.bornHint} ${dateHint}`}
              isHeading
            />
            <button className="btn" type="submit">
              {told.errors.length > 0 ? tryAgain : goOn}
            </button>
          </PageForm>
        ),
      });
    }),
  take: (visit) =>
    takeStep(visit, async () => {
      const read = readDate(visit.typed, visit.language, todayOf(visit));
      if ('errors' in read) return read;
      return judgedOnce(visit, {
        refusedAs: 'identity_not_matched',
        typed: read.date,
        judge: () => confirm(visit, read.date),
        refusal: (triesLeft) => notFit(visit, read.date, triesLeft),
      });
    }),
};

async function confirm(visit: Visit, dateOfBirth: string): Promise<Taken> {
  try {
    return onward(visit, await visit.call(confirmIdentity, { params: paramsOf(visit), body: { dateOfBirth } }));
  } catch (error) {
    // A day that exists and still is none: of a year long gone. It costs no try.
    if (!(error instanceof Problem) || error.code !== 'validation_failed') throw error;
    return { errors: [{ field: dateParts.year, message: formWords[visit.language].yearFourNumbers }] };
  }
}

function notFit(visit: Visit, date: string, triesLeft: number): Taken {
  if (triesLeft === 0) {
    visit.kept.activation = { ...visit.kept.activation, isLocked: true };
    return { shown: lockedPage(visit) };
  }
  const message = wordsOf(visit).bornNotFit(plainDateInWords(date, visit.locale), triesLeft);
  return { errors: [{ field: visit.language === 'es' ? dateParts.day : dateParts.month, message }] };
}
