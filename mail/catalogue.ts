import type { Language } from '../domain/language.ts';
import type { SecretPurpose } from '../domain/secrets/purposes.ts';
import type { MailData, MailTemplate, SecretField } from './template-data.ts';

export type { MailTemplate } from './template-data.ts';

/** What the ledger and the dispatcher must know of a template without rendering it. */
export interface CatalogueEntry<T extends MailTemplate> {
  /** Lower goes first: 1 security mails of no case, 2 codes and decisions, 3 receipts and questions, 4 reminders. */
  priority: 1 | 2 | 3 | 4;
  /** The live secret the mail carries, and the field of its data that holds it. */
  secret: { purpose: SecretPurpose; field: SecretField } | null;
  /** Whether the foot offers "Was this not you?"; only mails to staff do not. */
  hasNotMeFoot: boolean;
  /** Whether a mail of unknown outcome may be sent once more under the same Message-ID. */
  isDuplicateHarmless: boolean;
  /** Whose mailbox it goes to. */
  to: 'person' | 'supervisors';
  /** Subjects name no person and nothing clinical; only `promise_late`, which goes to staff, names a case. */
  subject: Record<Language, (portal: string, data: MailData[T]) => string>;
}

const toPerson = { hasNotMeFoot: true, isDuplicateHarmless: true, to: 'person', secret: null } as const;
const withAccessCode = { ...toPerson, secret: { purpose: 'access_code', field: 'accessCode' } } as const;
const withRegistrationLink = {
  ...toPerson,
  secret: { purpose: 'registration_link', field: 'registrationLink' },
} as const;

/** Every template there is (lifecycles.md §1 and §2, "Mails"). The keys are the names in the API and in the ledger. */
export const catalogue: { readonly [T in MailTemplate]: CatalogueEntry<T> } = {
  application_received: {
    ...toPerson,
    priority: 3,
    subject: {
      en: (portal) => `We have your ${portal} application`,
      es: (portal) => `Recibimos su solicitud de ${portal}`,
    },
  },
  information_requested: {
    ...toPerson,
    priority: 3,
    subject: {
      en: (portal, { questions }) => `${portal}: please answer ${counted(questions.length, 'question', 'questions')}`,
      es: (portal, { questions }) =>
        `${portal}: responda ${counted(questions.length, 'pregunta', 'preguntas')}, por favor`,
    },
  },
  information_reminder: {
    ...toPerson,
    priority: 4,
    subject: {
      en: (portal) => `${portal}: we still need your answer`,
      es: (portal) => `${portal}: todavía necesitamos su respuesta`,
    },
  },
  application_rejected: {
    ...toPerson,
    priority: 2,
    subject: {
      en: (portal) => `About your ${portal} application`,
      es: (portal) => `Sobre su solicitud de ${portal}`,
    },
  },
  application_withdrawn: {
    ...toPerson,
    priority: 2,
    subject: {
      en: (portal) => `Your ${portal} application is closed`,
      es: (portal) => `Su solicitud de ${portal} está cerrada`,
    },
  },
  access_code: {
    ...withAccessCode,
    priority: 2,
    subject: {
      en: (portal) => `Your access code for ${portal}`,
      es: (portal) => `Su código de acceso para ${portal}`,
    },
  },
  access_code_reissued: {
    ...withAccessCode,
    priority: 2,
    subject: {
      en: (portal) => `Your new ${portal} access code`,
      es: (portal) => `Su nuevo código de acceso para ${portal}`,
    },
  },
  access_code_reminder: {
    ...withAccessCode,
    priority: 4,
    subject: {
      en: (portal, { daysLeft }) =>
        daysLeft < 1
          ? `${portal}: your access code runs out soon`
          : `${portal}: ${counted(daysLeft, 'day', 'days')} left for your access code`,
      es: (portal, { daysLeft }) =>
        daysLeft < 1
          ? `${portal}: su código de acceso vence pronto`
          : `${portal}: ${daysLeft === 1 ? 'queda' : 'quedan'} ${counted(daysLeft, 'día', 'días')} para usar su código de acceso`,
    },
  },
  access_code_expired: {
    ...toPerson,
    priority: 3,
    subject: {
      en: (portal) => `Your ${portal} access code has run out`,
      es: (portal) => `Su código de acceso para ${portal} venció`,
    },
  },
  account_exists: {
    ...toPerson,
    priority: 3,
    subject: {
      en: (portal) => `You have a ${portal} account already`,
      es: (portal) => `Usted ya tiene una cuenta de ${portal}`,
    },
  },
  account_activated: {
    ...toPerson,
    priority: 2,
    subject: {
      en: (portal) => `Your ${portal} account is open`,
      es: (portal) => `Su cuenta de ${portal} está abierta`,
    },
  },
  promise_late: {
    ...toPerson,
    to: 'supervisors',
    hasNotMeFoot: false,
    priority: 4,
    subject: {
      en: (_portal, { reference }) => `${reference} is late`,
      es: (_portal, { reference }) => `${reference} está atrasada`,
    },
  },
  mailbox_code: {
    ...toPerson,
    secret: { purpose: 'mailbox_code', field: 'mailboxCode' },
    priority: 1,
    subject: {
      en: (portal) => `Your 8 numbers for ${portal}`,
      es: (portal) => `Sus 8 números para ${portal}`,
    },
  },
  email_changed: {
    ...toPerson,
    priority: 1,
    subject: {
      en: (portal) => `${portal} does not write to this address any more`,
      es: (portal) => `${portal} ya no escribe a esta dirección`,
    },
  },
  credentials_changed: {
    ...toPerson,
    priority: 1,
    subject: {
      en: (portal) => `Your ${portal} password was changed`,
      es: (portal) => `Se cambió su contraseña de ${portal}`,
    },
  },
  account_suspended: {
    ...toPerson,
    priority: 1,
    subject: {
      en: (portal) => `Your ${portal} account is stopped`,
      es: (portal) => `Su cuenta de ${portal} está detenida`,
    },
  },
  account_unlocked: {
    ...toPerson,
    priority: 1,
    subject: {
      en: (portal) => `You can sign in to ${portal} again`,
      es: (portal) => `Ya puede entrar de nuevo a ${portal}`,
    },
  },
  registration_invitation: {
    ...withRegistrationLink,
    priority: 2,
    subject: {
      en: (portal) => `Register for your ${portal} account`,
      es: (portal) => `Regístrese para tener su cuenta de ${portal}`,
    },
  },
  registration_resent: {
    ...withRegistrationLink,
    priority: 2,
    subject: {
      en: (portal) => `Your new link to register with ${portal}`,
      es: (portal) => `Su nuevo enlace para registrarse en ${portal}`,
    },
  },
  registration_reminder: {
    ...withRegistrationLink,
    priority: 4,
    subject: {
      en: (portal, { daysLeft }) =>
        daysLeft < 1
          ? `${portal}: your link to register runs out soon`
          : `${portal}: ${counted(daysLeft, 'day', 'days')} left to register`,
      es: (portal, { daysLeft }) =>
        daysLeft < 1
          ? `${portal}: su enlace para registrarse vence pronto`
          : `${portal}: ${daysLeft === 1 ? 'queda' : 'quedan'} ${counted(daysLeft, 'día', 'días')} para registrarse`,
    },
  },
  registration_expired: {
    ...toPerson,
    priority: 3,
    subject: {
      en: (portal) => `Your link to register with ${portal} has run out`,
      es: (portal) => `Su enlace para registrarse en ${portal} venció`,
    },
  },
  registration_confirmation: {
    ...toPerson,
    priority: 2,
    subject: {
      en: (portal) => `You are registered with ${portal}`,
      es: (portal) => `Su registro en ${portal} está completo`,
    },
  },
  account_linked: {
    ...toPerson,
    priority: 2,
    subject: {
      en: (portal) => `An office was added to your ${portal} account`,
      es: (portal) => `Se agregó un consultorio a su cuenta de ${portal}`,
    },
  },
};

export const mailTemplates = Object.keys(catalogue) as MailTemplate[];

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
