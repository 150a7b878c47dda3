import { Problem } from '../../contract/problems.ts';
import { startRegistration } from '../../contract/routes/public/registrations.ts';
import { PageForm } from '../forms/PageForm.tsx';
import { TextField } from '../forms/TextField.tsx';
import type { Page, Told } from '../page.ts';
import { Prose } from '../reading/Prose.tsx';
import { pageAddress, type Visit } from '../visit.ts';
import { refusedLinkPath } from './link-pages.ts';
import { readLink } from './read-link.ts';
import { onward, paramsOf, pathOf, runningWalk, startPath, type Walk, wordsOf } from './steps.tsx';

const field = 'token';

/**
 * Where the button of our mails leads. Looking does nothing, for mail scanners look: the link's secret stands in its fragment, which
 * no server sees, the script puts it into the field and hides that, and only the button sends it. Without script it is pasted.
 */
export const startPage: Page = {
  path: startPath,
  show: async (visit, told) => {
    const words = wordsOf(visit);
    return {
      title: words.startTitle,
      journey: words.journey,
      body: startBody(visit, told, await runningWalk(visit)),
    };
  },
  take: async (visit) => {
    const words = wordsOf(visit);
    const typed = visit.typed.text(field);
    const token = readLink(typed);
    if (token === undefined) {
      return { errors: [{ field, message: typed === '' ? words.typeLink : words.linkNotWhole }] };
    }
    try {
      const walk = await visit.call(startRegistration, { params: paramsOf(visit), body: { token } });
      for (const name of ['registration', 'registered', 'refused'] as const) delete visit.kept[name];
      return onward(visit, walk);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'link_not_accepted') throw error;
      return { to: pageAddress(visit, refusedLinkPath(error.extra.reasonClass)) };
    }
  },
};

function startBody(visit: Visit, told: Told, walk: Walk | undefined) {
  const words = wordsOf(visit);
  return (
    <>
      <h1>{words.startTitle}</h1>
      <p>{words.startIntro}</p>
      {walk && (
        <p className="note">
          {words.begunAlready} <a href={pageAddress(visit, pathOf(walk.step))}>{words.goOn}</a>
        </p>
      )}
      <h2>{words.haveReady}</h2>
      <ul>
        {words.ready.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>{words.readyText}</p>
      <PageForm visit={visit}>
        <div data-token-typed>
          <TextField
            name={field}
            label={words.link}
            told={told}
            language={visit.language}
            hint={
              <>
                {words.linkHint} <noscript>{words.copyTheLink}</noscript>
              </>
            }
            input={{ autoComplete: 'off', autoCapitalize: 'none', spellCheck: false, ...tokenFieldHook }}
          />
        </div>
        <button className="btn" type="submit">
          {words.begin}
        </button>
      </PageForm>
      <p>{words.haveAccount}</p>
      <h2>{words.howItWorks}</h2>
      <ol>
        {words.howSteps.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
      <p>{words.howLong}</p>
      <p>{words.usedLast}</p>
      <details>
        <summary>{words.noLink}</summary>
        <p>
          <Prose visit={visit}>{words.noLinkText}</Prose>
        </p>
      </details>
    </>
  );
}

const tokenFieldHook = { 'data-token-field': '' };
