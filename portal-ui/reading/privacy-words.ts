import type { Answer } from './Prose.tsx';

interface PrivacyWords {
  title: string;
  intro: string;
  sections: readonly { title: string; answer: Answer }[];
  cookiesTitle: string;
  cookiesIntro: string;
  /** What each cookie is for, and how long it stays. */
  cookies: readonly { what: string; how: string }[];
  cookiesEnd: string;
  wholeTitle: string;
  whole: (version: string) => string;
  wholeLink: string;
  print: string;
}

/** Figures: security.md "Figures" and `domain/policy/retention.ts`. */
export const privacyWords: Record<'en' | 'es', PrivacyWords> = {
  en: {
    title: 'Security and privacy',
    intro: 'This page says in short what these pages keep about you, and how we protect it.',
    sections: [
      {
        title: 'What we keep',
        answer: [
          [
            'What you type when you apply: name, date of birth, email address, ZIP code, and what else you choose to tell us.',
            'Your username, and your password in a form that nobody can read, not even us.',
            'Which emails we sent you, and whether they arrived.',
            'A log of what happened: when you signed in, what was changed, and who on our team looked.',
          ],
          'These pages keep nothing about your health.',
        ],
      },
      {
        title: 'Why',
        answer: [
          'To find your record, to make sure that it is you, to open your account and to keep it safe. For nothing else. There are no ads here, and nobody follows where you click.',
        ],
      },
      {
        title: 'How long',
        answer: [
          [
            'Applications and emails: 6 years after they are closed.',
            'Steps that were begun and never finished: 90 days.',
            'The log: 6 years.',
            'Answers you are still typing: only in your own browser, locked, for 4 hours at most.',
          ],
        ],
      },
      {
        title: 'Who sees it',
        answer: [
          'The people on our team who work on applications and accounts. Each time one of them opens yours, it is written down.',
          'Nobody on our team can see your password or your access code.',
        ],
      },
      {
        title: 'How we protect it',
        answer: [
          [
            'What you send travels locked from your browser to us.',
            'Access codes and the 8 numbers work once, and only for a while. Wrong tries end them.',
            'After 30 minutes without a touch you are signed out. We warn you 2 minutes before.',
            'Opening a link in an email uses nothing up. Only pressing a button does.',
            'Our emails never say anything about your health. They never ask for your password.',
            'If something was not you, [tell us](/not-me) and we stop it.',
          ],
        ],
      },
      {
        title: 'What you can do',
        answer: [
          [
            'Keep your password and your access code to yourself.',
            'Use an email address that only you read.',
            'On a shared phone or computer, sign out at the end.',
            'You want to know what we keep, or something is wrong? Call us at {phone} or write to {email}.',
          ],
        ],
      },
    ],
    cookiesTitle: 'Cookies',
    cookiesIntro: 'Cookies are small notes in your browser. We use only our own, and only these:',
    cookies: [
      { what: 'The form you see is really ours', how: 'until you close the browser' },
      { what: 'What you are typing, and where you are', how: '4 hours at most' },
      { what: 'Opening your account, step by step', how: '24 hours at most' },
      { what: 'That you are signed in', how: 'until you sign out, 12 hours at most' },
      { what: 'Your text size and language, when you change them', how: '1 year' },
    ],
    cookiesEnd: 'Without cookies you can read these pages, but not send anything.',
    wholeTitle: 'The whole privacy policy',
    whole: (version) => `This page is a summary. What counts is our privacy policy, version ${version}:`,
    wholeLink: 'Read the privacy policy',
    print: 'Print this page',
  },
  es: {
    title: 'Seguridad y privacidad',
    intro: 'Esta página dice en pocas palabras qué guardan estas páginas sobre usted y cómo lo protegemos.',
    sections: [
      {
        title: 'Qué guardamos',
        answer: [
          [
            'Lo que escribe en la solicitud: nombre, fecha de nacimiento, correo electrónico, código postal y lo demás que usted quiera contarnos.',
            'Su nombre de usuario, y su contraseña en una forma que nadie puede leer, ni siquiera nosotros.',
            'Qué correos le enviamos y si llegaron.',
            'Un registro de lo que pasó: cuándo entró, qué se cambió y quién de nuestro equipo lo miró.',
          ],
          'Estas páginas no guardan nada sobre su salud.',
        ],
      },
      {
        title: 'Para qué',
        answer: [
          'Para encontrar su historial, para estar seguros de que es usted, para abrir su cuenta y para protegerla. Para nada más. Aquí no hay anuncios, y nadie sigue dónde pulsa.',
        ],
      },
      {
        title: 'Cuánto tiempo',
        answer: [
          [
            'Solicitudes y correos: 6 años después de cerrarse.',
            'Pasos que se empezaron y no se terminaron: 90 días.',
            'El registro: 6 años.',
            'Las respuestas que todavía está escribiendo: solo en su propio navegador, cerradas con llave, 4 horas como máximo.',
          ],
        ],
      },
      {
        title: 'Quién lo ve',
        answer: [
          'Las personas de nuestro equipo que trabajan con las solicitudes y las cuentas. Cada vez que una de ellas abre la suya, queda anotado.',
          'Nadie de nuestro equipo puede ver su contraseña ni su código de acceso.',
        ],
      },
      {
        title: 'Cómo lo protegemos',
        answer: [
          [
            'Lo que usted envía viaja cerrado desde su navegador hasta nosotros.',
            'Los códigos de acceso y los 8 números sirven una vez, y solo por un tiempo. Los intentos equivocados los anulan.',
            'Después de 30 minutos sin tocar nada cerramos su sesión. Le avisamos 2 minutos antes.',
            'Abrir un enlace de un correo no gasta nada. Solo lo gasta pulsar un botón.',
            'Nuestros correos nunca dicen nada sobre su salud. Nunca le piden su contraseña.',
            'Si algo no fue usted, [díganoslo](/not-me) y lo paramos.',
          ],
        ],
      },
      {
        title: 'Qué puede hacer usted',
        answer: [
          [
            'No diga a nadie su contraseña ni su código de acceso.',
            'Use un correo electrónico que solo lea usted.',
            'En un teléfono o una computadora que usan otros, salga de su cuenta al terminar.',
            '¿Quiere saber qué guardamos, o algo está mal? Llámenos al {phone} o escriba a {email}.',
          ],
        ],
      },
    ],
    cookiesTitle: 'Cookies',
    cookiesIntro: 'Las cookies son notas pequeñas en su navegador. Usamos solo las nuestras, y solo estas:',
    cookies: [
      { what: 'Que el formulario que ve es de verdad nuestro', how: 'hasta que cierre el navegador' },
      { what: 'Lo que está escribiendo y por dónde va', how: '4 horas como máximo' },
      { what: 'Abrir su cuenta, paso a paso', how: '24 horas como máximo' },
      { what: 'Que ya entró en su cuenta', how: 'hasta que salga, 12 horas como máximo' },
      { what: 'El tamaño del texto y el idioma, si los cambia', how: '1 año' },
    ],
    cookiesEnd: 'Sin cookies puede leer estas páginas, pero no enviar nada.',
    wholeTitle: 'La política de privacidad completa',
    whole: (version) => `Esta página es un resumen. Lo que vale es nuestra política de privacidad, versión ${version}:`,
    wholeLink: 'Leer la política de privacidad',
    print: 'Imprimir esta página',
  },
};
