import type { ReactNode } from 'react';
import { changePreferences, readMe } from '../../contract/routes/public/me.ts';
import { languageName } from '../apply/questions.tsx';
import { Choices } from '../forms/Choices.tsx';
import { PageForm } from '../forms/PageForm.tsx';
import type { Shown } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { tellSaved } from './saved.tsx';
import type { AccountPage } from './session-over.ts';
import { accountWords } from './words.ts';

/** News by email, yes or no. */
export const noticesPage: AccountPage = {
  path: '/account/notices',
  keeps: ['notices'],
  show: async (visit, told) => {
    const words = accountWords[visit.language];
    const { notifyByEmail } = await visit.call(readMe, ofPortal(visit));
    return choiceShown(
      visit,
      words.noticesTitle,
      <>
        <Choices
          name="notices"
          legend={words.noticesTitle}
          told={told}
          language={visit.language}
          hint={words.noticesHint}
          choices={[
            { value: 'yes', words: words.noticesYes },
            { value: 'no', words: words.noticesNo },
          ]}
          initial={notifyByEmail ? 'yes' : 'no'}
        />
        <p>{words.safetyEmails}</p>
      </>,
    );
  },
  take: async (visit) => {
    const chosen = visit.typed.text('notices');
    if (chosen !== 'yes' && chosen !== 'no') {
      return { errors: [{ field: 'notices', message: accountWords[visit.language].chooseYesNo }] };
    }
    await visit.call(changePreferences, { ...ofPortal(visit), body: { notifyByEmail: chosen === 'yes' } });
    tellSaved(visit, chosen === 'yes' ? 'notices_on' : 'notices_off');
    return { to: pageAddress(visit, '/account') };
  },
};

/** The language of our emails, where there is a choice. */
export const languagePage: AccountPage = {
  path: '/account/language',
  keeps: ['language'],
  show: async (visit, told) => {
    const words = accountWords[visit.language];
    const { language } = await visit.call(readMe, ofPortal(visit));
    return choiceShown(
      visit,
      words.languageTitle,
      <Choices
        name="language"
        legend={words.languageTitle}
        told={told}
        language={visit.language}
        hint={words.languageHint}
        choices={visit.portal.languages.map((tag) => ({ value: tag, words: languageName(tag), lang: tag }))}
        initial={language}
      />,
    );
  },
  take: async (visit) => {
    const language = visit.typed.text('language');
    if (!visit.portal.languages.includes(language)) {
      return { errors: [{ field: 'language', message: accountWords[visit.language].chooseLanguage }] };
    }
    await visit.call(changePreferences, { ...ofPortal(visit), body: { language } });
    tellSaved(visit, 'language');
    return { to: pageAddress(visit, '/account') };
  },
};

function choiceShown(visit: Visit, title: string, choices: ReactNode): Shown {
  const words = accountWords[visit.language];
  return {
    title,
    journey: words.title,
    back: { path: '/account', words: words.back },
    body: (
      <PageForm visit={visit}>
        {choices}
        <button className="btn" type="submit">
          {words.save}
        </button>
      </PageForm>
    ),
  };
}

const ofPortal = ({ portal }: Visit) => ({ params: { portal: portal.portal } });
