/** Words of "this was not me". */
const en = {
  title: 'Was this not you?',
  intro:
    'Someone may have typed your email address by mistake, or used your name or your account. Tell us, and we stop it now.',
  stops: 'If our email brings a code, or a link to register, it stops working.',
  stopsAccount:
    "Was an account opened or changed? We stop it: nobody can sign in until we have checked with you. If a doctor's office was added to it, we take that office off.",
  looks: 'A person on our team looks at it on the next working day.',
  nobody: 'Until then nobody can go on with what we have stopped.',
  link: 'The link from our email',
  linkHint:
    'Copy the last link of the email, under “Was this not you?”, and paste it here. Or call us at {phone}: then you need no link.',
  typeLink: 'Paste the link from our email, or call us',
  linkNotWhole: 'This is not the whole link. Copy it from our email once more, up to its last letter',
  stop: 'This was not me: stop it',
  wasYou: 'Was it you after all? Then close this page. Nothing has changed.',
  doneTitle: 'Thank you. We have stopped it',
  done: 'If our email had a code, or a link to register, it no longer works.',
  doneAccount:
    "If an account was opened or changed, it is stopped: nobody can sign in until we have checked with you. If a doctor's office was added to it, that office is off.",
  next: 'What happens next',
  looksBy: 'A person on our team looks at it by',
  writes: 'We write to you from',
  nothingToDo:
    'You do not need to do anything. If you use the same password elsewhere and fear someone knows it, change it there.',
};

export const notMeWords: Record<'en' | 'es', typeof en> = {
  en,
  es: {
    title: '¿No fue usted?',
    intro: 'Quizá alguien escribió su correo por error, o usó su nombre o su cuenta. Díganoslo y lo paramos ahora.',
    stops: 'Si nuestro correo trae un código, o un enlace para registrarse, deja de servir.',
    stopsAccount:
      '¿Se abrió una cuenta, o se cambió? La paramos: nadie puede entrar hasta que lo comprobemos con usted. Si se le agregó un consultorio, lo quitamos.',
    looks: 'Una persona de nuestro equipo lo mira el siguiente día laborable.',
    nobody: 'Hasta entonces nadie puede seguir con lo que hemos parado.',
    link: 'El enlace de nuestro correo',
    linkHint:
      'Copie el último enlace del correo, donde dice “¿No fue usted?”, y péguelo aquí. O llámenos al {phone}: entonces no necesita el enlace.',
    typeLink: 'Pegue el enlace de nuestro correo, o llámenos',
    linkNotWhole: 'El enlace no está completo. Cópielo otra vez de nuestro correo, hasta la última letra',
    stop: 'No fui yo: párenlo',
    wasYou: '¿Sí fue usted? Entonces cierre esta página. No ha cambiado nada.',
    doneTitle: 'Gracias. Lo hemos parado',
    done: 'Si nuestro correo traía un código, o un enlace para registrarse, ya no sirve.',
    doneAccount:
      'Si se abrió una cuenta, o se cambió, está parada: nadie puede entrar hasta que lo comprobemos con usted. Si se le agregó un consultorio, ya no está en ella.',
    next: 'Qué pasa ahora',
    looksBy: 'Una persona de nuestro equipo lo mira antes del',
    writes: 'Le escribimos desde',
    nothingToDo:
      'No tiene que hacer nada. Si usa la misma contraseña en otro sitio y teme que alguien la sepa, cámbiela ahí.',
  },
};
