import { Problem } from '../../contract/problems.ts';
import { questionsOf } from '../apply/questions.tsx';
import { LinkButton } from '../layout/LinkButton.tsx';
import type { Page } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { PrintLink } from './PrintLink.tsx';
import { Prose } from './Prose.tsx';
import { readingWords } from './words.ts';

/** How to apply, step by step, for paper: what the office gives to people who go home with it. */
export const signUpPage: Page = {
  path: '/sign-up',
  show: (visit) => {
    if (!visit.portal.open.includes('application')) throw new Problem('applications_closed');
    const words = readingWords[visit.language];
    const { name, minimumAge, promiseBusinessDays, sender } = visit.portal;
    const title = words.signUpTitle(name);
    return {
      title,
      body: (
        <>
          <h1>{title}</h1>
          <p>{words.signUpIntro}</p>
          <PrintLink>{words.print}</PrintLink>
          <h2>{words.youNeed}</h2>
          <ul>
            <li>{words.needAge(minimumAge)}</li>
            <li>{words.needEmail}</li>
            <li>{words.needZip}</li>
          </ul>
          <h2>{words.steps}</h2>
          <ol className="steps">
            <li>
              {words.stepOpen} <AddressInWords visit={visit} path="/apply" />
            </li>
            <li>{words.stepAnswer(questionsOf(visit).length)}</li>
            <li>
              {words.stepReference}
              <span className="big code to-fill">GH-____-____</span>
            </li>
            <li>
              {words.stepWait(promiseBusinessDays)} <strong>{sender.address}</strong>. {words.stepSpam}
            </li>
            <li>
              {words.stepCode} <AddressInWords visit={visit} path="/activate" />
            </li>
            <li>{words.stepRest}</li>
          </ol>
          <p className="note">{words.never}</p>
          <h2>{words.noComputer}</h2>
          <p>
            <Prose visit={visit}>{words.noComputerText}</Prose>
          </p>
          <LinkButton visit={visit} path="/apply" words={words.goApply} />
        </>
      ),
    };
  },
};

/** An address to be typed from paper; browsers add the scheme. */
function AddressInWords({ visit, path }: { visit: Visit; path: string }) {
  const address = `${visit.site}${pageAddress(visit, path)}`;
  return <strong className="address">{address.replace(/^https:\/\//, '')}</strong>;
}
