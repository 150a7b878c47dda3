import { thisWasNotMe } from '../../contract/routes/public/not-me.ts';
import { instantInWords } from '../../contract/words.ts';
import { PageForm } from '../forms/PageForm.tsx';
import { TextField } from '../forms/TextField.tsx';
import type { Page } from '../page.ts';
import { Prose } from '../reading/Prose.tsx';
import { pageAddress } from '../visit.ts';
import { readToken } from './read-token.ts';
import { notMeWords } from './words.ts';

const field = 'token';

/**
 * Behind the last link of our mails. Looking does nothing, for mail scanners look: the token stands in the link's fragment, which
 * no server sees, the script puts it into the field and hides that, and only the button sends it. Without script it is pasted.
 */
const askPage: Page = {
  path: '/not-me',
  show: (visit, told) => {
    const words = notMeWords[visit.language];
    return {
      title: words.title,
      body: (
        <>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
          <ul>
            <li>{words.stops}</li>
            <li>{words.stopsAccount}</li>
            <li>{words.looks}</li>
            <li>{words.nobody}</li>
          </ul>
          <PageForm visit={visit}>
            <div data-token-typed>
              <TextField
                name={field}
                label={words.link}
                told={told}
                language={visit.language}
                hint={<Prose visit={visit}>{words.linkHint}</Prose>}
                input={{ autoComplete: 'off', autoCapitalize: 'none', spellCheck: false, ...tokenFieldHook }}
              />
            </div>
            <button className="btn" type="submit">
              {words.stop}
            </button>
          </PageForm>
          <p>{words.wasYou}</p>
        </>
      ),
    };
  },
  take: async (visit) => {
    const words = notMeWords[visit.language];
    const typed = visit.typed.text(field);
    const token = readToken(typed);
    if (token === undefined) {
      return { errors: [{ field, message: typed === '' ? words.typeLink : words.linkNotWhole }] };
    }
    const { lookedAtBy } = await visit.call(thisWasNotMe, {
      params: { portal: visit.portal.portal },
      body: { token },
    });
    visit.kept.stopped = { lookedAtBy };
    return { to: pageAddress(visit, donePath) };
  },
};

const tokenFieldHook = { 'data-token-field': '' };

const donePath = '/not-me/done';

const donePage: Page = {
  path: donePath,
  show: (visit) => {
    const { stopped } = visit.kept;
    if (!stopped) return { to: pageAddress(visit, '/not-me') };
    const words = notMeWords[visit.language];
    const { timeZone, sender } = visit.portal;
    return {
      title: words.doneTitle,
      body: (
        <>
          <div className="card good">
            <h1>{words.doneTitle}</h1>
            <p>{words.done}</p>
            <p>{words.doneAccount}</p>
          </div>
          <h2>{words.next}</h2>
          <ol>
            <li>
              {words.looksBy} <strong>{instantInWords(new Date(stopped.lookedAtBy), timeZone, visit.locale)}</strong>.
            </li>
            <li>
              {words.writes} <strong>{sender.address}</strong>.
            </li>
          </ol>
          <p>{words.nothingToDo}</p>
        </>
      ),
    };
  },
};

export const notMePages: readonly Page[] = [askPage, donePage];
