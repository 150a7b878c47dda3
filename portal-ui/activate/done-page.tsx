import { LinkButton } from '../layout/LinkButton.tsx';
import type { Page } from '../page.ts';
import { pageAddress } from '../visit.ts';
import { wordsOf } from './steps.tsx';

/** The account is open: its username, and the way in. */
export const donePage: Page = {
  path: '/activate/done',
  show: (visit) => {
    const { opened } = visit.kept;
    if (opened === undefined) return { to: pageAddress(visit, '/activate') };
    const words = wordsOf(visit);
    return {
      title: words.doneTitle,
      journey: words.journey,
      body: (
        <>
          <div className="card good">
            <h1>{words.doneTitle}</h1>
            <p>{words.yourUsername}</p>
            <p className="big">{opened}</p>
          </div>
          <p>{words.doneText}</p>
          <LinkButton visit={visit} path="/sign-in" words={words.signIn} />
        </>
      ),
    };
  },
};
