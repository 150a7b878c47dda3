import { paragraph, questionList } from '../blocks.ts';
import { pleaseDoNotReply, shownReference, wayToAnswer } from '../phrases.ts';
import type { Template } from '../template.ts';

export const informationReminder: Template<'information_reminder'> = {
  en: {
    heading: 'We still need your answer',
    body: ({ reference, questions, answerBy }, here) => [
      paragraph('We asked about application ', shownReference(reference), ':'),
      questionList(questions),
      paragraph('Please answer by ', here.date(answerBy), '. Then we close it.'),
      wayToAnswer(here),
      pleaseDoNotReply(here),
    ],
  },
  es: {
    heading: 'Todavía necesitamos su respuesta',
    body: ({ reference, questions, answerBy }, here) => [
      paragraph('Le preguntamos sobre la solicitud ', shownReference(reference), ':'),
      questionList(questions),
      paragraph('Por favor, responda a más tardar el ', here.date(answerBy), '. Luego la cerramos.'),
      wayToAnswer(here),
      pleaseDoNotReply(here),
    ],
  },
};
