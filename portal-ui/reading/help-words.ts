import type { Answer } from './Prose.tsx';

/** A question as people ask it, and what helps. `id` is part of the address, so that other pages can lead to it. */
export interface Question {
  id: string;
  title: string;
  answer: Answer;
  /** Only where people apply online. */
  isOfApplying?: boolean;
  /** Only where links to register are sent. */
  isOfRegistering?: boolean;
}

interface HelpWords {
  title: string;
  intro: string;
  onThisPage: string;
  print: string;
  printHowTo: string;
  questions: readonly Question[];
}

export const helpWords: Record<'en' | 'es', HelpWords> = {
  en: {
    title: 'Help',
    intro: 'Here are the answers to what people ask most. Not there? Call us at {phone}, {hours}.',
    onThisPage: 'On this page',
    print: 'Print this page',
    printHowTo: 'How to get an account, to print',
    questions: [
      {
        id: 'code',
        title: 'My access code does not work. What can I do?',
        answer: [
          [
            'Compare every letter with our newest email. A new code ends the old one. Capital or small letters, dashes and spaces make no difference.',
            'Is it the right code? The access code has 16 letters and numbers. The 8 numbers are something else: they only check your mailbox.',
            'Is it too old? [Follow your application](/status): there you can ask for a new one.',
            'Have you used it before? It works only once. Then you have an account: [sign in](/sign-in).',
            'Did the date of birth not fit 5 times? Then the code is locked, to keep your record safe. Call us at {phone}.',
          ],
        ],
      },
      {
        id: 'numbers',
        title: 'The 8 numbers do not work. Why?',
        answer: [
          'They work for 10 minutes, and only in the browser where you asked for them. Leave that page open while you look in your email.',
          'If you asked twice, only the newest numbers work. After 5 wrong tries, ask for new ones.',
        ],
      },
      {
        id: 'register',
        title: 'I got an email that says “Register here”. What do I do?',
        isOfRegistering: true,
        answer: [
          'Your doctor’s office sent it. Press “Register here” in it, or copy its link and [paste it here](/register).',
          [
            'Have your name, your date of birth and your ZIP code at hand, exactly as your doctor’s office has them.',
            'It says that something does not fit? Maybe your office has a name you had before, or an old address. Call us at {phone}: after several wrong tries the link is locked, to keep your record safe.',
            'You have an account already? Use the link too. You show that the account is yours, and it gets one more doctor’s office.',
            'Several people in a family may have the same email address. Each of them gets a link. The email says the first letter of the first name.',
          ],
        ],
      },
      {
        id: 'no-email',
        title: 'No email came. Where is it?',
        answer: [
          [
            'Our email comes from {sender}. Look in your spam or junk folder too.',
            'Look in every mailbox you use. We write to the address you gave us.',
            'An email can take some minutes. After an hour, do not wait any longer.',
            '[Follow your application](/status): it says when we sent your access code.',
          ],
          'Still nothing? Call us at {phone}. We check who you are, and correct your address if one letter is wrong.',
        ],
      },
      {
        id: 'sign-in',
        title: 'I cannot sign in. What can I check?',
        answer: [
          [
            'Press Show to see what you type. Is Caps Lock on? Is there a space too many?',
            'Capital and small letters are different in a password. In a username they are not.',
            'Did you change your password lately? Use the new one.',
            'Is it the code from our email? That is not your password. First [open your account](/activate) with it.',
            'After several wrong tries we wait a little longer each time. Wait 15 minutes, then try again.',
            { text: 'You have no account yet? [Apply](/apply), or ask your doctor’s office.', where: 'application' },
            {
              text: 'You have no account yet? Ask your doctor’s office: it emails you a link to register.',
              whereNot: 'application',
            },
          ],
        ],
      },
      {
        id: 'forgot',
        title: 'I forgot my password or my username. How do I get back in?',
        answer: [
          'Call us at {phone}, {hours}. We check who you are and help you to get back in.',
          'Your record is safe meanwhile. We cannot see your password, and we never ask for it.',
        ],
      },
      {
        id: 'link',
        title: 'The link in my email has run out. How do I get a new one?',
        answer: [
          'Links and codes in our emails work only for a while. So an old email cannot open your account.',
          [
            'You applied online: [follow your application](/status). There you can ask for a new code.',
            'Your doctor’s office sent it: call us at {phone} and say the reference from the email. We send it again.',
          ],
          'Opening a link uses nothing up. A code or a link is used up only at the very end, when you say yes to the terms.',
        ],
      },
      {
        id: 'reference',
        title: 'I lost my reference. Where do I find it?',
        isOfApplying: true,
        answer: [
          'It starts with GH and stands in our first email, from {sender}. Search your mailbox for “GH-”.',
          'You cannot find it? Call us at {phone} and say your name and date of birth.',
        ],
      },
      {
        id: 'new-email',
        title: 'My email address has changed. What now?',
        answer: [
          [
            'You have an account: [sign in](/sign-in), open My account and change the address there.',
            'You have an access code and can still read the old mailbox: [open your account](/activate). One of the steps asks for your address.',
            'You cannot read the old mailbox: call us at {phone}. We check who you are and change it. Your code stays good.',
          ],
        ],
      },
      {
        id: 'waiting',
        title: 'I have applied. How long does it take?',
        isOfApplying: true,
        answer: [
          'We told you the day when you applied, and in our first email. [Follow your application](/status) to see the day again. You need your reference and your date of birth.',
        ],
      },
      {
        id: 'not-me',
        title: 'I got an email that I did not ask for. What should I do?',
        answer: [
          'Someone may have typed your address by mistake. Open the link at the end of that email, under “Was this not you?”, or [tell us here](/not-me). We stop it.',
        ],
      },
      {
        id: 'someone-else',
        title: 'Can I see the record of my child, or of someone I care for?',
        answer: [
          'First get an account of your own. Then call us at {phone}. Please do not use another person’s account.',
        ],
      },
      {
        id: 'browser',
        title: 'Which phone or computer do I need?',
        answer: [
          'Any phone or computer with Chrome, Edge, Firefox or Safari that is not older than two years. Cookies must be turned on. JavaScript may be off.',
          'You can make the text bigger and change the language at the top of every page.',
        ],
      },
    ],
  },
  es: {
    title: 'Ayuda',
    intro: 'Aquí están las respuestas a lo que más se pregunta. ¿No la encuentra? Llámenos al {phone}, {hours}.',
    onThisPage: 'En esta página',
    print: 'Imprimir esta página',
    printHowTo: 'Cómo obtener una cuenta, para imprimir',
    questions: [
      {
        id: 'code',
        title: 'Mi código de acceso no funciona. ¿Qué puedo hacer?',
        answer: [
          [
            'Compare cada letra con nuestro correo más nuevo. Un código nuevo anula el anterior. Las mayúsculas, los guiones y los espacios no importan.',
            '¿Es el código correcto? El código de acceso tiene 16 letras y números. Los 8 números son otra cosa: solo comprueban su correo.',
            '¿Es demasiado viejo? [Siga su solicitud](/status): ahí puede pedir uno nuevo.',
            '¿Ya lo usó antes? Sirve una sola vez. Entonces ya tiene una cuenta: [entre](/sign-in).',
            '¿La fecha de nacimiento no coincidió 5 veces? Entonces el código está bloqueado, para proteger su historial. Llámenos al {phone}.',
          ],
        ],
      },
      {
        id: 'numbers',
        title: 'Los 8 números no funcionan. ¿Por qué?',
        answer: [
          'Sirven 10 minutos, y solo en el navegador donde los pidió. Deje esa página abierta mientras mira su correo.',
          'Si los pidió dos veces, solo sirven los más nuevos. Después de 5 intentos equivocados, pida otros.',
        ],
      },
      {
        id: 'register',
        title: 'Recibí un correo que dice “Registrarme aquí”. ¿Qué hago?',
        isOfRegistering: true,
        answer: [
          'Se lo envió el consultorio de su médico. Pulse “Registrarme aquí” en el correo, o copie su enlace y [péguelo aquí](/register).',
          [
            'Tenga a mano su nombre, su fecha de nacimiento y su código postal (ZIP), exactamente como los tiene el consultorio.',
            '¿Dice que algo no coincide? Quizá el consultorio tiene un nombre que usted usaba antes, o una dirección antigua. Llámenos al {phone}: después de varios intentos equivocados el enlace se bloquea, para proteger su historial.',
            '¿Ya tiene una cuenta? Use también el enlace. Usted muestra que la cuenta es suya, y se le añade un consultorio más.',
            'Varias personas de una familia pueden tener el mismo correo. Cada una recibe su enlace. El correo dice la primera letra del nombre.',
          ],
        ],
      },
      {
        id: 'no-email',
        title: 'No me llegó ningún correo. ¿Dónde está?',
        answer: [
          [
            'Nuestro correo viene de {sender}. Mire también en la carpeta de spam.',
            'Mire en todos los correos que usa. Escribimos a la dirección que usted nos dio.',
            'Un correo puede tardar unos minutos. Después de una hora, no espere más.',
            '[Siga su solicitud](/status): ahí dice cuándo enviamos su código de acceso.',
          ],
          '¿Todavía nada? Llámenos al {phone}. Comprobamos quién es usted y corregimos su correo si hay una letra mal.',
        ],
      },
      {
        id: 'sign-in',
        title: 'No puedo entrar. ¿Qué puedo revisar?',
        answer: [
          [
            'Pulse Mostrar para ver lo que escribe. ¿Tiene puestas las mayúsculas? ¿Hay un espacio de más?',
            'En la contraseña, las mayúsculas y las minúsculas son distintas. En el nombre de usuario, no.',
            '¿Cambió su contraseña hace poco? Use la nueva.',
            '¿Es el código de nuestro correo? No es su contraseña. Primero [abra su cuenta](/activate) con él.',
            'Después de varios intentos equivocados hay que esperar cada vez un poco más. Espere 15 minutos e inténtelo otra vez.',
            {
              text: '¿Todavía no tiene cuenta? [Solicite una](/apply), o pregunte en el consultorio de su médico.',
              where: 'application',
            },
            {
              text: '¿Todavía no tiene cuenta? Pregunte en el consultorio de su médico: le envía un enlace para registrarse.',
              whereNot: 'application',
            },
          ],
        ],
      },
      {
        id: 'forgot',
        title: 'Olvidé mi contraseña o mi nombre de usuario. ¿Cómo vuelvo a entrar?',
        answer: [
          'Llámenos al {phone}, {hours}. Comprobamos quién es usted y le ayudamos a entrar otra vez.',
          'Mientras tanto su historial está seguro. No podemos ver su contraseña, y nunca se la pedimos.',
        ],
      },
      {
        id: 'link',
        title: 'El enlace de mi correo ya no sirve. ¿Cómo pido uno nuevo?',
        answer: [
          'Los enlaces y códigos de nuestros correos sirven solo por un tiempo. Así, un correo viejo no puede abrir su cuenta.',
          [
            'Si hizo la solicitud en línea: [siga su solicitud](/status). Ahí puede pedir un código nuevo.',
            'Si se lo envió el consultorio de su médico: llámenos al {phone} y diga la referencia del correo. Se lo enviamos otra vez.',
          ],
          'Abrir un enlace no gasta nada. Un código o un enlace se gasta solo al final, cuando usted acepta las condiciones.',
        ],
      },
      {
        id: 'reference',
        title: 'Perdí mi referencia. ¿Dónde la encuentro?',
        isOfApplying: true,
        answer: [
          'Empieza con GH y está en nuestro primer correo, de {sender}. Busque “GH-” en su correo.',
          '¿No la encuentra? Llámenos al {phone} y díganos su nombre y su fecha de nacimiento.',
        ],
      },
      {
        id: 'new-email',
        title: 'Mi correo electrónico cambió. ¿Qué hago?',
        answer: [
          [
            'Si tiene una cuenta: [entre](/sign-in), abra Mi cuenta y cambie ahí el correo.',
            'Si tiene un código de acceso y todavía puede leer el correo antiguo: [abra su cuenta](/activate). Uno de los pasos pregunta por su correo.',
            'Si no puede leer el correo antiguo: llámenos al {phone}. Comprobamos quién es usted y lo cambiamos. Su código sigue sirviendo.',
          ],
        ],
      },
      {
        id: 'waiting',
        title: 'Ya hice la solicitud. ¿Cuánto tarda?',
        isOfApplying: true,
        answer: [
          'Le dijimos el día cuando hizo la solicitud, y en nuestro primer correo. [Siga su solicitud](/status) para ver el día otra vez. Necesita su referencia y su fecha de nacimiento.',
        ],
      },
      {
        id: 'not-me',
        title: 'Recibí un correo que no pedí. ¿Qué hago?',
        answer: [
          'Quizá alguien escribió su correo por error. Abra el enlace al final de ese correo, donde dice “¿No fue usted?”, o [díganoslo aquí](/not-me). Lo paramos.',
        ],
      },
      {
        id: 'someone-else',
        title: '¿Puedo ver el historial de mi hijo, o de alguien a quien cuido?',
        answer: [
          'Primero abra una cuenta propia. Después llámenos al {phone}. No use la cuenta de otra persona, por favor.',
        ],
      },
      {
        id: 'browser',
        title: '¿Qué teléfono o computadora necesito?',
        answer: [
          'Cualquier teléfono o computadora con Chrome, Edge, Firefox o Safari de los últimos dos años. Las cookies deben estar activadas. JavaScript puede estar apagado.',
          'Arriba en cada página puede agrandar el texto y cambiar el idioma.',
        ],
      },
    ],
  },
};
