import type { WireBody, WireResult } from '../../contract/route.ts';
import { type chooseProfile, listSecurityQuestions } from '../../contract/routes/public/registrations.ts';
import { profileBody } from '../../contract/schemas/registration.ts';
import { SelectField } from '../forms/SelectField.tsx';
import { TextField } from '../forms/TextField.tsx';
import type { FieldError, Told } from '../page.ts';
import type { Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { registerWords } from './words.ts';

/** The questions to choose from, in the page's language, and how many. */
export type Offered = WireResult<typeof listSecurityQuestions>;
export type Chosen = NonNullable<WireBody<typeof chooseProfile>['securityQuestions']>;

export function offeredQuestions(visit: Visit): Promise<Offered> {
  const params = { portal: visit.portal.portal };
  return visit.call(listSecurityQuestions, { params, query: { language: visit.language } });
}

const questionField = (number: number) => `question${number}`;
const answerField = (number: number) => `answer${number}`;
const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** As many questions as the portal asks, each with its answer. */
export function SecurityQuestions({ visit, told, offered }: { visit: Visit; told: Told; offered: Offered }) {
  const words = registerWords[visit.language];
  const shared = { told, language: visit.language };
  const { count, caseSensitive, data: questions } = offered;
  if (count === 0) return null;
  const options = questions.map(({ id, text }) => ({ value: id, words: text }));
  return (
    <>
      <h2>{words.questionsTitle}</h2>
      <p className="hint">
        {words.questionsHint(count)} {words.questionsAdvice} {caseSensitive ? words.sameCase : words.anyCase}
      </p>
      {numbersTo(count).map((number) => (
        <div key={number}>
          <SelectField
            {...shared}
            name={questionField(number)}
            label={words.question(number, count)}
            none={words.chooseOne}
            options={options}
          />
          <TextField
            {...shared}
            name={answerField(number)}
            label={words.answer(number, count)}
            input={{ autoComplete: 'off', autoCapitalize: 'none', spellCheck: false }}
          />
        </div>
      ))}
    </>
  );
}

/** What was chosen and answered, or what is wrong with it: each question once, each with an answer. */
export function readSecurityQuestions(visit: Visit, offered: Offered): { chosen: Chosen } | { errors: FieldError[] } {
  const words = registerWords[visit.language];
  const typed = numbersTo(offered.count).map((number) => ({
    question: visit.typed.text(questionField(number)),
    answer: visit.typed.text(answerField(number)),
  }));
  const errors = typed.flatMap(({ question, answer }, index) => {
    const number = index + 1;
    const isOffered = offered.data.some(({ id }) => id === question);
    const isTwice = typed.slice(0, index).some((earlier) => earlier.question === question);
    return [
      ...(isOffered ? [] : [{ field: questionField(number), message: words.chooseQuestion(number) }]),
      ...(isOffered && isTwice ? [{ field: questionField(number), message: words.otherQuestion(number) }] : []),
      ...(answer === '' ? [{ field: answerField(number), message: words.typeAnswer(number) }] : []),
      ...(answer.length > mostLetters ? [{ field: answerField(number), message: tooLong(visit, answer) }] : []),
    ];
  });
  if (errors.length > 0) return { errors };
  const parsed = profileBody.shape.securityQuestions.safeParse(typed);
  if (parsed.success) return { chosen: parsed.data };
  return { errors: parsed.error.issues.map(({ path }) => refusedQuestion(visit, path.map(String))) };
}

/** The longest answer the API takes. */
const mostLetters = 100;

const tooLong = (visit: Visit, answer: string) => formWords[visit.language].tooLongBy(answer.length - mostLetters);

/** The field of one of the API's paths, such as `0.answer`; without a number, the first question. */
export function refusedQuestion(visit: Visit, path: readonly string[]): FieldError {
  const words = registerWords[visit.language];
  const number = Number(path.find((part) => /^\d+$/.test(part)) ?? 0) + 1;
  return path.includes('answer')
    ? { field: answerField(number), message: words.answerRefused }
    : { field: questionField(number), message: words.chooseQuestion(number) };
}
