import type { Language } from '../../domain/language.ts';
import { type Block, type Inline, messageFrom, paragraph } from '../blocks.ts';
import { shownReference, wayTo } from '../phrases.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Template } from '../template.ts';
import type { MailData } from '../template-data.ts';

export const applicationRejected: Template<'application_rejected'> = {
  en: {
    heading: 'About your application',
    body: (data, here) => [
      paragraph('We cannot open an account for application ', shownReference(data.reference), '.'),
      ...(data.codeEnded ? [paragraph('Your access code no longer works.')] : []),
      paragraph(reasons.en(data)),
      ...waysOn(data, here, 'Sign in'),
      ...messageFrom(data.message),
      paragraph('A mistake? Call us.'),
    ],
  },
  es: {
    heading: 'Sobre su solicitud',
    body: (data, here) => [
      paragraph('No podemos abrir una cuenta para la solicitud ', shownReference(data.reference), '.'),
      ...(data.codeEnded ? [paragraph('Su código de acceso ya no sirve.')] : []),
      paragraph(reasons.es(data)),
      ...waysOn(data, here, 'Entrar'),
      ...messageFrom(data.message),
      paragraph('¿Es un error? Llámenos.'),
    ],
  },
};

type Facts = MailData['application_rejected'];

/** The class of reason the person is told. What could harm somebody (fraud, a death, a protected record) is not named. */
const reasons: Record<Language, (data: Facts) => Inline> = {
  en: ({ reason, minimumAge }) => {
    switch (reason) {
      case 'not_a_patient':
        return 'We did not find you among our patients.';
      case 'identity_not_confirmed':
        return 'We could not make sure it is you. Come by with a photo ID.';
      case 'under_age':
        return `You need to be ${minimumAge}.`;
      case 'duplicate_of_account':
        return 'You have an account.';
      default:
        return 'Please call us.';
    }
  },
  es: ({ reason, minimumAge }) => {
    switch (reason) {
      case 'not_a_patient':
        return 'No encontramos sus datos entre los de nuestros pacientes.';
      case 'identity_not_confirmed':
        return 'No pudimos comprobar que es usted. Venga con una identificación con foto.';
      case 'under_age':
        return `Necesita tener ${minimumAge} años.`;
      case 'duplicate_of_account':
        return 'Usted ya tiene una cuenta.';
      default:
        return 'Por favor, llámenos.';
    }
  },
};

const waysOn = ({ reason }: Facts, here: Surroundings, signIn: string): Block[] =>
  reason === 'duplicate_of_account' ? [wayTo(here, { label: signIn, href: here.links.signIn })] : [];
