import { PageForm } from '../forms/PageForm.tsx';
import { LinkButton } from '../layout/LinkButton.tsx';
import type { Page } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { forgetWords } from './words.ts';

const path = '/forget';

/** A computer in a library or a waiting room: one press, and the next person finds nothing. */
export function ForgetHere({ visit }: { visit: Visit }) {
  const words = forgetWords[visit.language];
  return (
    <PageForm visit={visit} action={path} isSecond>
      <p>
        {words.finished}{' '}
        <button className="plain" type="submit">
          {words.forget}
        </button>
      </p>
    </PageForm>
  );
}

export const forgetPage: Page = {
  path,
  show: (visit) => {
    const words = forgetWords[visit.language];
    return {
      title: words.forgotten,
      body: (
        <>
          <h1>{words.forgotten}</h1>
          <p>{words.forgottenText}</p>
          <LinkButton visit={visit} path="/" words={words.start} />
        </>
      ),
    };
  },
  take: (visit) => {
    visit.kept = {};
    return { to: pageAddress(visit, path) };
  },
};
