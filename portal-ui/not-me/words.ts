/** Words of "this was not me". */
const en = {
  title: 'Did you not ask for this?',
  intro: 'Someone may have typed your email address by mistake, or on purpose. Tell us, and we stop it now.',
  stops: 'The code or link in our email stops working.',
  looks: 'A person on our team looks at it on the next working day.',
  nobody: 'Until then nobody can go on with it, or sign in.',
  link: 'The link from our email',
  linkHint:
    'Copy the last link of the email, under “Was this not you?”, and paste it here. Or call us at {phone}: then you need no link.',
  typeLink: 'Paste the link from our email, or call us',
  linkNotWhole: 'This is not the whole link. Copy it from our email once more, up to its last letter',
  stop: 'This was not me: stop it',
  wasYou: 'Was it you after all? Then close this page. Nothing has changed.',
  doneTitle: 'Thank you. We have stopped it',
  done: 'The code or link no longer works. Nobody can go on with it, or sign in.',
  next: 'What happens next',
  looksBy: 'A person on our team looks at it by',
  writes: 'We write to you from',
  nothingToDo:
    'You do not need to do anything. If you use the same password elsewhere and fear someone knows it, change it there.',
};

export const notMeWords: Record<'en' | 'es', typeof en> = {
  en,
  es: {
    title: '¿Usted no pidió esto?',
    intro: 'Quizá alguien escribió su correo por error, o a propósito. Díganoslo y lo paramos ahora.',
    stops: 'El código o el enlace de nuestro correo deja de servir.',
    looks: 'Una persona de nuestro equipo lo mira el siguiente día laborable.',
    nobody: 'Hasta entonces nadie puede seguir con ello, ni entrar.',
    link: 'El enlace de nuestro correo',
    linkHint:
      'Copie el último enlace del correo, donde dice “¿No fue usted?”, y péguelo aquí. O llámenos al {phone}: entonces no necesita el enlace.',
    typeLink: 'Pegue el enlace de nuestro correo, o llámenos',
    linkNotWhole: 'El enlace no está completo. Cópielo otra vez de nuestro correo, hasta la última letra',
    stop: 'No fui yo: párenlo',
    wasYou: '¿Sí fue usted? Entonces cierre esta página. No ha cambiado nada.',
    doneTitle: 'Gracias. Lo hemos parado',
    done: 'El código o el enlace ya no sirve. Nadie puede seguir con ello, ni entrar.',
    next: 'Qué pasa ahora',
    looksBy: 'Una persona de nuestro equipo lo mira antes del',
    writes: 'Le escribimos desde',
    nothingToDo:
      'No tiene que hacer nada. Si usa la misma contraseña en otro sitio y teme que alguien la sepa, cámbiela ahí.',
  },
};
