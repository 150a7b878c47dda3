/** Words of choosing a username and a password. */
const en = {
  credentialsTitle: 'Choose a username and a password',
  username: 'Username',
  usernameHint: '3 letters or more. Letters, numbers, dots and dashes. No @ sign, so not your email address.',
  password: 'Password',
  typeUsername: 'Type a username',
  usernameTaken: 'This username is taken. Add a word or number',
  noAtSign: 'A username has no @ sign',
  looksLikeCode: 'This username looks like an access code',
  usernameShort: 'Choose a username of 3 letters or more',
  usernameLong: (letters: number) => `This username is too long by ${letters} ${letters === 1 ? 'letter' : 'letters'}`,
  usernameBlank: 'Leave out the space in the username, or type a dot for it',
  usernameUnseen: 'There is a sign in the username that cannot be seen. Type it again',
  passwordRefused: 'Please choose another password',
  usernameRefused: 'Please choose another username',
  usernameTakenNote: 'Please choose your password again, too. Then you come back to the terms.',
};

export const credentialWords: Record<'en' | 'es', typeof en> = {
  en,
  es: {
    credentialsTitle: 'Elija un nombre de usuario y una contraseña',
    username: 'Nombre de usuario',
    usernameHint:
      '3 letras o más. Letras, números, puntos y guiones. Sin arroba (@), así que no puede ser su correo electrónico.',
    password: 'Contraseña',
    typeUsername: 'Escriba un nombre de usuario',
    usernameTaken: 'Este nombre de usuario ya está ocupado. Añada una palabra o un número',
    noAtSign: 'Un nombre de usuario no lleva arroba (@)',
    looksLikeCode: 'Este nombre de usuario parece un código de acceso',
    usernameShort: 'Elija un nombre de usuario de 3 letras o más',
    usernameLong: (letters) => `A este nombre de usuario le sobran ${letters} ${letters === 1 ? 'letra' : 'letras'}`,
    usernameBlank: 'Quite el espacio del nombre de usuario, o ponga un punto en su lugar',
    usernameUnseen: 'El nombre de usuario tiene un signo que no se ve. Escríbalo otra vez',
    passwordRefused: 'Elija otra contraseña, por favor',
    usernameRefused: 'Elija otro nombre de usuario, por favor',
    usernameTakenNote: 'Elija también su contraseña otra vez, por favor. Después vuelve a las condiciones.',
  },
};
