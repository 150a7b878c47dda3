import { listSecurityQuestions } from '../../../contract/routes/public/registrations.ts';
import { languageOf } from '../../../domain/language.ts';
import { questionInWords, securityQuestionIds } from '../../../domain/registration/security-questions.ts';
import { handle } from '../../handle.ts';

export const securityQuestionsRoute = handle(listSecurityQuestions, async ({ query, policy }) => {
  const language = languageOf(query.language ?? policy.locale);
  return {
    ...policy.account.questions,
    data: securityQuestionIds.map((id) => ({ id, text: questionInWords(id, language) })),
    total: securityQuestionIds.length,
    totalIsCapped: false,
  };
});
