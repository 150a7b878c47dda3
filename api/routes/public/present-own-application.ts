import type { PublicApplication, PublicSituation } from '../../../contract/schemas/application.ts';
import { mayRenew } from '../../../domain/application/effects.ts';
import { publicStatusOf } from '../../../domain/application/lifecycle.ts';
import { silencingFlags } from '../../../domain/case.ts';
import { type Language, languageOf } from '../../../domain/language.ts';
import { businessDaysLeft } from '../../../domain/time/business-calendar.ts';
import type { ApplicationProgress } from '../../../store/own-application.ts';

/** An application as its person may see it; nothing in it says who they are. */
export function presentOwnApplication(progress: ApplicationProgress): PublicApplication {
  const status = publicStatusOf[progress.state];
  const situation = situationOf(progress);
  return {
    status,
    situation,
    ...words[languageOf(progress.language)][situation],
    steps: stepsOf(progress),
    ...promiseOf(progress),
    ...(status === 'waiting_for_you' && questionsOf(progress)),
    ...(status === 'approved' && codeOf(progress)),
  };
}

function stepsOf({ receivedAt, inReviewAt, codeSentAt, activeAt }: ApplicationProgress): PublicApplication['steps'] {
  return [
    { name: 'received', at: receivedAt },
    { name: 'in_review', ...(inReviewAt && { at: inReviewAt }) },
    { name: 'code_sent', ...(codeSentAt && { at: codeSentAt }) },
    { name: 'active', ...(activeAt && { at: activeAt }) },
  ];
}

/** While the clock runs. */
function promiseOf({ state, lateAt, now, policy }: ApplicationProgress): Partial<PublicApplication> {
  if ((state !== 'submitted' && state !== 'in_review') || !lateAt) return {};
  return { promisedBy: lateAt, businessDaysLeft: businessDaysLeft(now, lateAt, policy) };
}

function questionsOf({ questions, closesAt }: ApplicationProgress): Partial<PublicApplication> {
  return { questions: questions ?? [], ...(closesAt && { answerBy: closesAt }) };
}

function codeOf(progress: ApplicationProgress): Partial<PublicApplication> {
  const { state, expiresAt, closesAt, now, policy } = progress;
  const canRenew = state === 'expired' && mayRenew(progress, policy) && (closesAt === null || now < closesAt);
  const renewedFor = policy.accessCode.lifetime;
  return { ...(expiresAt && { expiresAt }), canRenew, ...(canRenew && { renewedFor }) };
}

function situationOf(progress: ApplicationProgress): PublicSituation {
  switch (progress.state) {
    case 'approved':
    case 'code_sent':
      return isCodeDead(progress) ? 'code_dead' : progress.state;
    case 'expired':
      return codeOf(progress).canRenew ? 'expired' : 'expired_call';
    default:
      return publicStatusOf[progress.state];
  }
}

/** Burned by wrong tries or revoked: the engine sends none until staff have looked, so the person is told to call. */
function isCodeDead({ flags, expiresAt }: ApplicationProgress): boolean {
  return expiresAt === null && flags.some((flag) => flag === 'code_burned' || silencingFlags.includes(flag));
}

type Words = Record<PublicSituation, { headline: string; nextStep: string }>;

const words: Record<Language, Words> = {
  en: {
    received: { headline: 'We have your application', nextStep: 'There is nothing for you to do now. We email you.' },
    in_review: {
      headline: 'We are looking at your application',
      nextStep: 'There is nothing for you to do now. We email you.',
    },
    waiting_for_you: { headline: 'We need an answer from you', nextStep: 'Answer the questions below.' },
    approved: { headline: 'Your application is approved', nextStep: 'Your access code comes by email.' },
    code_sent: {
      headline: 'Your access code is in your mailbox',
      nextStep: 'Type the code from our newest email to open your account.',
    },
    code_dead: {
      headline: 'Your access code does not work any more',
      nextStep: 'Call us: we check who you are and help.',
    },
    expired: { headline: 'Your access code has run out', nextStep: 'Ask for a new one here.' },
    expired_call: { headline: 'Your access code has run out', nextStep: 'Call us to get a new one.' },
    active: { headline: 'Your account is open', nextStep: 'Sign in.' },
    closed: {
      headline: 'This application is closed',
      nextStep: 'Our last email says why. You can apply again, or call us.',
    },
  },
  es: {
    received: { headline: 'Tenemos su solicitud', nextStep: 'No tiene que hacer nada ahora. Le escribiremos.' },
    in_review: {
      headline: 'Estamos revisando su solicitud',
      nextStep: 'No tiene que hacer nada ahora. Le escribiremos.',
    },
    waiting_for_you: { headline: 'Necesitamos una respuesta suya', nextStep: 'Responda las preguntas de abajo.' },
    approved: { headline: 'Su solicitud está aprobada', nextStep: 'Su código de acceso llega por correo electrónico.' },
    code_sent: {
      headline: 'Su código de acceso está en su correo',
      nextStep: 'Escriba el código de nuestro último correo para abrir su cuenta.',
    },
    code_dead: {
      headline: 'Su código de acceso ya no funciona',
      nextStep: 'Llámenos: comprobamos quién es y le ayudamos.',
    },
    expired: { headline: 'Su código de acceso ha vencido', nextStep: 'Pida uno nuevo aquí.' },
    expired_call: { headline: 'Su código de acceso ha vencido', nextStep: 'Llámenos para recibir uno nuevo.' },
    active: { headline: 'Su cuenta está abierta', nextStep: 'Entre.' },
    closed: {
      headline: 'Esta solicitud está cerrada',
      nextStep: 'Nuestro último correo dice por qué. Puede hacer otra solicitud o llamarnos.',
    },
  },
};
