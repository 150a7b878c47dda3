/** Words of opening an account with an access code. */
const en = {
  journey: 'Open your account',
  step: (number: number, name: string) => `Step ${number} of 6: ${name}`,
  stepNames: [
    'access code',
    'date of birth',
    'email',
    'username and password',
    'news by email',
    'terms',
  ] as readonly string[],
  stepsStay: 'Steps you have done stay done, also when you stop for now.',
  otherCode: 'Is this not your own account?',
  useOtherCode: 'Start with another access code',

  codeTitle: 'Type your access code',
  copyTheCode: 'Copy the code from our email into this field: without JavaScript the link cannot bring it along.',
  codeHint: '16 letters and numbers, from our email. Capital or small letters, dashes and spaces make no difference.',
  codeUsedLast:
    'The code is used up only at the very end, when you say yes to the terms. You can stop before that and start again.',
  noCode: 'I have no code',
  noCodeLook: 'Look for an email from',
  noCodeSpam: ', also in your spam or junk folder. Or',
  followApplication: 'follow your application',
  noCodeWhen: 'to see when we sent it.',
  begunAlready: 'You have begun already on this phone or computer.',
  goOn: 'Go on where you stopped',
  openTitle: 'Open your account',
  codeFromLink: 'Your access code came with the link:',
  useThisCode: 'Use this code',
  tenMinutes: 'You need about 10 minutes. If you stop, you can go on with this phone or computer for 24 hours.',
  typeCode: 'Type your access code',
  codeLength: (typed: number) => `It has 16 letters and numbers. You typed ${typed}`,
  codeNotAccepted: 'This code did not work. Below are 3 things to check',
  whatToCheck: 'What to check',
  checkLetters: 'Is every letter right?',
  checkLettersText: 'Compare with the newest email. A new code ends the old one.',
  checkAge: 'Is it too old?',
  checkAgeLink: 'Follow your application',
  checkAgeText: ': there you can get a new one.',
  checkUsed: 'Have you used it before?',
  checkUsedText: 'Then you have an account:',
  signInInside: 'sign in',

  bornTitle: 'When were you born?',
  bornHint: 'We check that the code is in the right hands.',
  bornNotFit: (date: string, tries: number) =>
    `${date} does not fit this code. You can try ${tries} more ${tries === 1 ? 'time' : 'times'}`,
  lockedTitle: 'Your access code is locked',
  lockedState: 'To keep your record safe',
  locked: 'The date of birth did not fit too many times. So this code no longer works, for anyone.',
  whatYouCanDo: 'What you can do',
  lockedCall: 'Call us at',
  lockedThen: (hours: string) =>
    `, ${hours}. We check who you are and email you a new code. It takes about 10 minutes.`,
  nobodyOpened: 'Nobody has opened your account with this code.',

  hasAccountTitle: 'You have an account already',
  hasAccount: 'It was opened in the meantime. Sign in to it. You cannot sign in?',

  emailTitle: 'Is this still your email address?',
  maskSpoken: (first: string, last: string, domain: string) =>
    `starts with ${first}, ${last && `ends with ${last}, `}at ${domain}`,
  keep: 'Yes, keep it',
  another: 'No, use another address',
  chooseYesNo: 'Choose yes or no',
  newEmail: 'New email address',
  newEmailHint: 'We check both mailboxes: first the old one, then the new one.',
  cannotReadOld: 'I cannot read mail at the old address',
  cannotReadOldThen: 'Then please',
  callUs: 'call us',
  callUsAlone: 'Call us',
  cannotReadOldText: '. We check who you are and change the address. Your access code stays good.',
  addressInUse: 'An account has this address already. Use another one, or sign in to that account',

  digitsTitle: 'Type the 8 numbers we just emailed you',
  digitsAskTitle: 'We need to check your mailbox',
  digitsSent: (time: string) => `Sent at ${time} to`,
  digitsUntil: (time: string) => `The numbers work until ${time}.`,
  digitsNone: 'Press "Send me new numbers". We send them to',
  digitsSecond: 'Thank you, the old address is checked. Now the new one.',
  digitsSentAgain: 'We have sent you new numbers. The old ones no longer work.',
  sendNumbers: 'Send me new numbers',
  digitsFrom: 'The email comes from',
  digitsFromText: '. It can take a few minutes. Look in spam or junk too. Leave this page open.',
  cannotRead: 'I cannot read mail at this address',
  typeDigits: 'Type the 8 numbers from our email',
  digitsWrong: (tries: number) =>
    `These are not right. Use the newest email. You can try ${tries} more ${tries === 1 ? 'time' : 'times'}`,
  digitsDead: 'Too old, or too many tries: press "Send me new numbers"',
  mailedJustNow: 'We emailed you a moment ago. Wait a minute',
  mailedTooOften: 'That was the 5th email today. Call us',

  noticesTitle: 'Should we email you when there is something new?',
  noticesHint: 'The email only says that there is news. To read it, you sign in.',
  noticesYes: 'Yes, email me',
  noticesNo: 'No, I look myself',
  noticesLater: 'You can change this later. Emails that keep your account safe always come.',

  openAccount: 'Open my account',
  notAccept: 'Do you not want to accept? Then close this page. Nothing is opened, and your code stays good.',

  doneTitle: 'Your account is open',
  yourUsername: 'Your username is',
  doneText:
    'Your access code is used up. From now on you sign in with your username and password. We have emailed you that your account is open.',
  signIn: 'Sign in',
};

export type ActivateWords = typeof en;

export const activateWords: Record<'en' | 'es', ActivateWords> = {
  en,
  es: {
    journey: 'Abra su cuenta',
    step: (number, name) => `Paso ${number} de 6: ${name}`,
    stepNames: [
      'código de acceso',
      'fecha de nacimiento',
      'correo electrónico',
      'nombre de usuario y contraseña',
      'noticias por correo',
      'condiciones',
    ],
    stepsStay: 'Los pasos que ya hizo quedan hechos, también si para por ahora.',
    otherCode: '¿Esta no es su cuenta?',
    useOtherCode: 'Empezar con otro código de acceso',

    codeTitle: 'Escriba su código de acceso',
    copyTheCode: 'Copie en este campo el código de nuestro correo: sin JavaScript el enlace no puede traerlo.',
    codeHint: '16 letras y números, de nuestro correo. Da igual si usa mayúsculas o minúsculas, guiones o espacios.',
    codeUsedLast:
      'El código se gasta solo al final, cuando usted acepta las condiciones. Antes puede parar y empezar otra vez.',
    noCode: 'No tengo ningún código',
    noCodeLook: 'Busque un correo de',
    noCodeSpam: ', también en la carpeta de spam. O puede',
    followApplication: 'seguir su solicitud',
    noCodeWhen: 'para ver cuándo lo enviamos.',
    begunAlready: 'Ya empezó en este teléfono o computadora.',
    goOn: 'Seguir donde se quedó',
    openTitle: 'Abra su cuenta',
    codeFromLink: 'Su código de acceso vino con el enlace:',
    useThisCode: 'Usar este código',
    tenMinutes: 'Necesita unos 10 minutos. Si para, puede seguir en este teléfono o computadora durante 24 horas.',
    typeCode: 'Escriba su código de acceso',
    codeLength: (typed) => `Tiene 16 letras y números. Usted escribió ${typed}`,
    codeNotAccepted: 'Este código no funcionó. Abajo hay 3 cosas que revisar',
    whatToCheck: 'Qué revisar',
    checkLetters: '¿Están bien todas las letras?',
    checkLettersText: 'Compárelas con el correo más nuevo. Un código nuevo anula el viejo.',
    checkAge: '¿Es demasiado viejo?',
    checkAgeLink: 'Siga su solicitud',
    checkAgeText: ': ahí puede pedir uno nuevo.',
    checkUsed: '¿Ya lo usó antes?',
    checkUsedText: 'Entonces ya tiene una cuenta:',
    signInInside: 'entre',

    bornTitle: '¿Cuándo nació?',
    bornHint: 'Comprobamos que el código está en buenas manos.',
    bornNotFit: (date, tries) =>
      `${date}: no es la fecha de este código. Puede intentarlo ${tries} ${tries === 1 ? 'vez' : 'veces'} más`,
    lockedTitle: 'Su código de acceso está bloqueado',
    lockedState: 'Para proteger su historial',
    locked: 'La fecha de nacimiento no coincidió demasiadas veces. Por eso este código ya no sirve, para nadie.',
    whatYouCanDo: 'Qué puede hacer',
    lockedCall: 'Llámenos al',
    lockedThen: (hours) =>
      `, ${withStop(hours)} Comprobamos quién es usted y le enviamos un código nuevo por correo. Tarda unos 10 minutos.`,
    nobodyOpened: 'Nadie ha abierto su cuenta con este código.',

    hasAccountTitle: 'Usted ya tiene una cuenta',
    hasAccount: 'Se abrió mientras tanto. Entre en ella. ¿No puede entrar?',

    emailTitle: '¿Este sigue siendo su correo electrónico?',
    maskSpoken: (first, last, domain) => `empieza con ${first}, ${last && `termina con ${last}, `}en ${domain}`,
    keep: 'Sí, sigo con este',
    another: 'No, quiero usar otro',
    chooseYesNo: 'Elija sí o no',
    newEmail: 'Correo electrónico nuevo',
    newEmailHint: 'Comprobamos los dos correos: primero el viejo, después el nuevo.',
    cannotReadOld: 'No puedo leer el correo viejo',
    cannotReadOldThen: 'Entonces',
    callUs: 'llámenos',
    callUsAlone: 'Llámenos',
    cannotReadOldText:
      ', por favor. Comprobamos quién es usted y cambiamos el correo. Su código de acceso sigue sirviendo.',
    addressInUse: 'Ya hay una cuenta con este correo. Use otro, o entre en esa cuenta',

    digitsTitle: 'Escriba los 8 números que le acabamos de enviar',
    digitsAskTitle: 'Tenemos que comprobar su correo',
    digitsSent: (time) => `Enviados ${atTime(time)} a`,
    digitsUntil: (time) => withStop(`Los números sirven hasta ${untilTime(time)}`),
    digitsNone: 'Pulse "Enviarme números nuevos". Los enviamos a',
    digitsSecond: 'Gracias, el correo viejo está comprobado. Ahora el nuevo.',
    digitsSentAgain: 'Le hemos enviado números nuevos. Los viejos ya no sirven.',
    sendNumbers: 'Enviarme números nuevos',
    digitsFrom: 'El correo viene de',
    digitsFromText: '. Puede tardar unos minutos. Mire también en la carpeta de spam. Deje esta página abierta.',
    cannotRead: 'No puedo leer este correo',
    typeDigits: 'Escriba los 8 números de nuestro correo',
    digitsWrong: (tries) =>
      `No son correctos. Use el correo más nuevo. Puede intentarlo ${tries} ${tries === 1 ? 'vez' : 'veces'} más`,
    digitsDead: 'Son demasiado viejos, o hubo demasiados intentos: pulse "Enviarme números nuevos"',
    mailedJustNow: 'Le escribimos hace un momento. Espere un minuto',
    mailedTooOften: 'Ese fue el quinto correo de hoy. Llámenos',

    noticesTitle: '¿Le escribimos cuando haya algo nuevo?',
    noticesHint: 'El correo solo dice que hay noticias. Para leerlas, usted entra en su cuenta.',
    noticesYes: 'Sí, escríbanme',
    noticesNo: 'No, yo miro por mi cuenta',
    noticesLater: 'Puede cambiarlo después. Los correos que protegen su cuenta llegan siempre.',

    openAccount: 'Abrir mi cuenta',
    notAccept: '¿No quiere aceptarlas? Entonces cierre esta página. No se abre nada, y su código sigue sirviendo.',

    doneTitle: 'Su cuenta está abierta',
    yourUsername: 'Su nombre de usuario es',
    doneText:
      'Su código de acceso ya se gastó. De ahora en adelante entra con su nombre de usuario y su contraseña. Le hemos enviado un correo que dice que su cuenta está abierta.',
    signIn: 'Entrar',
  },
};

/** Hours may end with a full stop of their own: "5 p. m." */
function withStop(text: string): string {
  return text.replace(/\.?$/, '.');
}

/** Spanish says one o'clock in the singular: "a la 1:05 p. m.", "hasta las 3:52 p. m.". */
function untilTime(time: string): string {
  return /^1\D/.test(time) ? `la ${time}` : `las ${time}`;
}

function atTime(time: string): string {
  return `a ${untilTime(time)}`;
}
