import { CallUs } from '../layout/CallUs.tsx';
import { atLineStart } from '../line-start.ts';
import type { Page } from '../page.ts';
import { Prose } from './Prose.tsx';
import { readingWords } from './words.ts';

/** How to reach a person, and what to have at hand. */
export const contactPage: Page = {
  path: '/contact',
  show: (visit) => {
    const words = readingWords[visit.language];
    const { email, hours } = visit.portal.support;
    return {
      title: words.contactTitle,
      body: (
        <>
          <h1>{words.contactTitle}</h1>
          <p>
            <Prose visit={visit}>{words.helpFirst}</Prose>
          </p>
          <h2>{words.contactPhone}</h2>
          <p className="big">
            <CallUs visit={visit} />
          </p>
          <p>{atLineStart(hours, visit.language)}</p>
          <p>{words.contactPhoneText}</p>
          <h2>{words.haveReady}</h2>
          <ul>
            {words.ready.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <p className="note">{words.never}</p>
          <h2>{words.contactEmail}</h2>
          <p>
            <a href={`mailto:${email}`}>{email}</a>
          </p>
          <p>{words.contactEmailText}</p>
          <p>{words.health}</p>
        </>
      ),
    };
  },
};
