import { messageFrom, paragraph, questionList } from '../blocks.ts';
import { pleaseDoNotReply, shownReference, wayToAnswer } from '../phrases.ts';
import type { Template } from '../template.ts';

export const informationRequested: Template<'information_requested'> = {
  en: {
    heading: 'We need an answer from you',
    body: ({ reference, questions, answerBy, message }, here) => [
      paragraph('We are checking your application ', shownReference(reference), '. To go on, we need to know:'),
      questionList(questions),
      ...messageFrom(message),
      paragraph('Please answer by ', here.date(answerBy), '. After that day we close the application.'),
      wayToAnswer(here),
      pleaseDoNotReply(here),
    ],
  },
  es: {
    heading: 'Necesitamos una respuesta suya',
    body: ({ reference, questions, answerBy, message }, here) => [
      paragraph('Estamos revisando su solicitud ', shownReference(reference), '. Para seguir, necesitamos saber:'),
      questionList(questions),
      ...messageFrom(message),
      paragraph(
        'Por favor, responda a más tardar el ',
        here.date(answerBy),
        '. Después de ese día cerramos la solicitud.',
      ),
      wayToAnswer(here),
      pleaseDoNotReply(here),
    ],
  },
};
