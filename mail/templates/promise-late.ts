import { paragraph } from '../blocks.ts';
import { shownReference, wayTo } from '../phrases.ts';
import type { Template } from '../template.ts';

export const promiseLate: Template<'promise_late'> = {
  en: {
    heading: 'A case is late',
    body: ({ reference, promisedBy, caseId }, here) => [
      paragraph('Case ', shownReference(reference), '. The promise ended ', ...here.instant(promisedBy), '.'),
      wayTo(here, { label: 'Open the case', href: here.links.caseOf(caseId) }),
    ],
  },
  es: {
    heading: 'Un caso está atrasado',
    body: ({ reference, promisedBy, caseId }, here) => [
      paragraph(
        'Caso ',
        shownReference(reference),
        '. El plazo prometido terminó el ',
        ...here.instant(promisedBy),
        '.',
      ),
      wayTo(here, { label: 'Abrir el caso', href: here.links.caseOf(caseId) }),
    ],
  },
};
