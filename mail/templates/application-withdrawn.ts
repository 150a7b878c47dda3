import type { Language } from '../../domain/language.ts';
import { type Block, messageFrom, paragraph } from '../blocks.ts';
import { shownReference, wayTo } from '../phrases.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Template } from '../template.ts';
import type { MailData } from '../template-data.ts';

export const applicationWithdrawn: Template<'application_withdrawn'> = {
  en: {
    heading: 'Your application is closed',
    body: (data, here) => [
      whyClosed.en(data, here),
      ...messageFrom(data.message),
      paragraph('Codes from it no longer work.'),
      wayTo(here, { label: 'Apply again', href: here.links.apply }),
    ],
  },
  es: {
    heading: 'Su solicitud está cerrada',
    body: (data, here) => [
      whyClosed.es(data, here),
      ...messageFrom(data.message),
      paragraph('Los códigos de esa solicitud ya no sirven.'),
      wayTo(here, { label: 'Hacer otra solicitud', href: here.links.apply }),
    ],
  },
};

type Facts = MailData['application_withdrawn'];

/** Who ended it: the person, or silence, in which case the day is named by which an answer was due. */
const whyClosed: Record<Language, (data: Facts, here: Surroundings) => Block> = {
  en: ({ because, reference, askedBy }, here) => {
    if (because === 'by_applicant') return paragraph('You asked us to stop ', shownReference(reference), '.');
    const by = askedBy === undefined ? [] : [' by ', here.date(askedBy)];
    return paragraph('We got no answer for ', shownReference(reference), ...by, '.');
  },
  es: ({ because, reference, askedBy }, here) => {
    if (because === 'by_applicant') return paragraph('Usted nos pidió detener ', shownReference(reference), '.');
    const by = askedBy === undefined ? [] : [' a más tardar el ', here.date(askedBy)];
    return paragraph('No recibimos respuesta para ', shownReference(reference), ...by, '.');
  },
};
