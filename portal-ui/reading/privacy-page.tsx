import type { Page } from '../page.ts';
import { PrintLink } from './PrintLink.tsx';
import { Answered } from './Prose.tsx';
import { privacyWords } from './privacy-words.ts';

/** What is kept here, why, how long, who sees it and how it is protected; the policy's own document has the last word. */
export const privacyPage: Page = {
  path: '/privacy',
  show: (visit) => {
    const words = privacyWords[visit.language];
    const { version, url } = visit.portal.privacyPolicy;
    return {
      title: words.title,
      body: (
        <>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
          {words.sections.map(({ title, answer }) => (
            <section key={title}>
              <h2>{title}</h2>
              <Answered visit={visit} answer={answer} />
            </section>
          ))}
          <h2>{words.cookiesTitle}</h2>
          <p>{words.cookiesIntro}</p>
          <dl className="rows">
            {words.cookies.map(({ what, how }) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>{how}</dd>
              </div>
            ))}
          </dl>
          <p>{words.cookiesEnd}</p>
          <h2>{words.wholeTitle}</h2>
          <p>{words.whole(version)}</p>
          {/^https?:\/\//.test(url) && (
            <p className="address">
              <a href={url}>{words.wholeLink}</a>
              <span className="on-paper">{url}</span>
            </p>
          )}
          <PrintLink>{words.print}</PrintLink>
        </>
      ),
    };
  },
};
