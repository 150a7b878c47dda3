import { Problem } from '../../contract/problems.ts';
import { startActivation } from '../../contract/routes/public/activations.ts';
import { PageForm } from '../forms/PageForm.tsx';
import { TextField } from '../forms/TextField.tsx';
import type { Page, Told } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { codeError } from './code-error.ts';
import { duePath, onward, paramsOf, runningWalk, stepPage, type Walk, wordsOf } from './steps.tsx';
import { WhatToCheck } from './WhatToCheck.tsx';

const field = 'code';

/**
 * Step 1. The link of our mails carries the code in its fragment, which no server sees: the browser's script puts it into
 * `[data-code-field]`, shows it in `[data-code-text]`, and shows `[data-code-shown]` instead of `[data-code-typed]`. It is sent by the
 * button alone. Without the script the code is typed.
 */
export const codePage: Page = {
  path: '/activate/code',
  show: async (visit, told) => {
    const walk = await runningWalk(visit);
    return stepPage(visit, { step: 'code', title: wordsOf(visit).codeTitle, body: codeBody(visit, told, walk) });
  },
  take: async (visit) => {
    const accessCode = visit.typed.text('accessCode');
    const wrong = codeError(accessCode, visit.language);
    if (wrong) return { errors: [{ field, message: wrong }] };
    try {
      const walk = await visit.call(startActivation, { params: paramsOf(visit), body: { accessCode } });
      delete visit.kept.opened;
      delete visit.kept.activation;
      return onward(visit, walk);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'access_code_not_accepted') throw error;
      return { errors: [{ field, message: wordsOf(visit).codeNotAccepted }] };
    }
  },
};

function codeBody(visit: Visit, told: Told, walk: Walk | undefined) {
  const words = wordsOf(visit);
  const isRefused = told.errors.some(({ message }) => message === words.codeNotAccepted);
  return (
    <>
      <PageForm visit={visit}>
        <div data-code-typed>
          <TextField
            name="accessCode"
            id={field}
            label={words.codeTitle}
            told={told}
            language={visit.language}
            hint={words.codeHint}
            isHeading
            input={{
              className: 'code code16',
              autoComplete: 'off',
              spellCheck: false,
              autoCapitalize: 'characters',
              ...codeFieldHook,
            }}
          />
          {/* The link's code stands behind a #, which no server sees. */}
          <noscript>
            <p className="note">{words.copyTheCode}</p>
          </noscript>
          <button className="btn" type="submit">
            {isRefused ? formWords[visit.language].tryAgain : formWords[visit.language].continue}
          </button>
        </div>
        <div data-code-shown hidden>
          <h1>{words.openTitle}</h1>
          <p>{words.codeFromLink}</p>
          <p className="big code" data-code-text />
          <button className="btn" type="submit">
            {words.useThisCode}
          </button>
          <p>{words.tenMinutes}</p>
        </div>
      </PageForm>
      {walk && (
        <p className="note">
          {words.begunAlready} <a href={pageAddress(visit, duePath(walk))}>{words.goOn}</a>
        </p>
      )}
      <div data-code-typed>{isRefused ? <WhatToCheck visit={visit} /> : <WithoutCode visit={visit} />}</div>
    </>
  );
}

const codeFieldHook = { 'data-code-field': '' };

function WithoutCode({ visit }: { visit: Visit }) {
  const words = wordsOf(visit);
  return (
    <>
      <p>{words.codeUsedLast}</p>
      <details>
        <summary>{words.noCode}</summary>
        <p>
          {words.noCodeLook} <strong>{visit.portal.sender.address}</strong>
          {words.noCodeSpam} <a href={pageAddress(visit, '/status')}>{words.followApplication}</a> {words.noCodeWhen}
        </p>
      </details>
    </>
  );
}
