import type { Page } from '../page.ts';
import { pageAddress } from '../visit.ts';
import { helpWords } from './help-words.ts';
import { Answered, Prose } from './Prose.tsx';

/** The answers to what people ask most, in plain words; each has an address of its own. */
export const helpPage: Page = {
  path: '/help',
  show: (visit) => {
    const words = helpWords[visit.language];
    const isOpen = visit.portal.open.includes('application');
    const isByLink = visit.portal.open.includes('registration');
    const questions = words.questions.filter(
      ({ isOfApplying, isOfRegistering }) => (isOpen || !isOfApplying) && (isByLink || !isOfRegistering),
    );
    return {
      title: words.title,
      body: (
        <>
          <h1>{words.title}</h1>
          <p>
            <Prose visit={visit}>{words.intro}</Prose>
          </p>
          <nav aria-labelledby="contents">
            <h2 className="contents" id="contents">
              {words.onThisPage}
            </h2>
            <ul className="links">
              {questions.map(({ id, title }) => (
                <li key={id}>
                  <a href={`#${id}`}>{title}</a>
                </li>
              ))}
            </ul>
          </nav>
          {questions.map(({ id, title, answer }) => (
            <section key={id}>
              <h2 id={id} tabIndex={-1}>
                {title}
              </h2>
              <Answered visit={visit} answer={answer} />
            </section>
          ))}
          <ul className="links">
            <li data-print>{words.print}</li>
            {isOpen && (
              <li>
                <a href={pageAddress(visit, '/sign-up')}>{words.printHowTo}</a>
              </li>
            )}
          </ul>
        </>
      ),
    };
  },
};
