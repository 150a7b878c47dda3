import { LinkButton } from '../layout/LinkButton.tsx';
import type { Page } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { donePath, startPath, wordsOf } from './steps.tsx';

/** The account is open, or shows one more practice; and the way in. */
export const donePage: Page = {
  path: donePath,
  show: (visit) => {
    const { registered } = visit.kept;
    if (!registered) return { to: pageAddress(visit, startPath) };
    const words = wordsOf(visit);
    const isLinked = registered.outcome === 'linked';
    return {
      title: isLinked ? words.linkedTitle(registered.practice) : words.doneTitle,
      journey: words.journey,
      body: isLinked ? (
        <Linked visit={visit} practice={registered.practice} />
      ) : (
        <Opened visit={visit} username={registered.username} />
      ),
    };
  },
};

function Opened({ visit, username }: { visit: Visit; username: string | undefined }) {
  const words = wordsOf(visit);
  return (
    <>
      <div className="card good">
        <h1>{words.doneTitle}</h1>
        {username !== undefined && (
          <>
            <p>{words.yourUsername}</p>
            <p className="big">{username}</p>
          </>
        )}
      </div>
      <p>{words.done}</p>
      <LinkButton visit={visit} path="/sign-in" words={words.signIn} />
    </>
  );
}

function Linked({ visit, practice }: { visit: Visit; practice: string | undefined }) {
  const words = wordsOf(visit);
  return (
    <>
      <div className="card good">
        <h1>{words.linkedTitle(practice)}</h1>
        <p>{words.linkedKeep}</p>
      </div>
      <p>{words.linked}</p>
      <p>{words.linkedSee}</p>
      {visit.hasAccountSession ? (
        <LinkButton visit={visit} path="/account" words={words.myAccount} />
      ) : (
        <LinkButton visit={visit} path="/sign-in" words={words.signIn} />
      )}
    </>
  );
}
