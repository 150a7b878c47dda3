import { chooseNotifications } from '../../contract/routes/public/activations.ts';
import { Choices } from '../forms/Choices.tsx';
import { PageForm } from '../forms/PageForm.tsx';
import type { Page } from '../page.ts';
import { formWords } from '../words/forms.ts';
import { onward, paramsOf, showStep, stepPage, takeStep, wordsOf } from './steps.tsx';

const field = 'optIn';

/** Step 5: news by email, yes or no. Nothing is chosen beforehand. */
export const notificationsPage: Page = {
  path: '/activate/notifications',
  show: (visit, told) =>
    showStep(visit, 'notifications', (walk) => {
      const words = wordsOf(visit);
      return stepPage(visit, {
        step: 'notifications',
        title: words.noticesTitle,
        walk,
        body: (
          <PageForm visit={visit}>
            <Choices
              name={field}
              legend={words.noticesTitle}
              told={told}
              language={visit.language}
              hint={words.noticesHint}
              choices={[
                { value: 'yes', words: words.noticesYes },
                { value: 'no', words: words.noticesNo },
              ]}
              initial={visit.kept.activation?.optIn}
            />
            <p>{words.noticesLater}</p>
            <button className="btn" type="submit">
              {formWords[visit.language].continue}
            </button>
          </PageForm>
        ),
      });
    }),
  take: (visit) =>
    takeStep(visit, async () => {
      const optIn = visit.typed.text(field);
      if (optIn !== 'yes' && optIn !== 'no') return { errors: [{ field, message: wordsOf(visit).chooseYesNo }] };
      const body = { optIn: optIn === 'yes' };
      const walk = await visit.call(chooseNotifications, { params: paramsOf(visit), body });
      visit.kept.activation = { ...visit.kept.activation, optIn };
      return onward(visit, walk);
    }),
};
