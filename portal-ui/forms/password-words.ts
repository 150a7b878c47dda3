/** Words around passwords: where one is typed, chosen, or refused. */
const en = {
  hint: 'A short sentence is good: easy for you, hard for others. Spaces, numbers and signs count too. Capital and small letters are different.',
  ruleLength: (letters: number) => `${letters} letters or more`,
  ruleWithout: (portal: string) => `without your name, username, email name, or ${portal}`,
  ruleCommon: 'not a password that many people use',
  typePassword: 'Type your password',
  typeNewPassword: 'Type a new password',
  tooShort: (letters: number, typed: number) => `Choose a password of ${letters} letters or more. Yours has ${typed}`,
  tooLong: (letters: number) => `This password is too long by ${letters} ${letters === 1 ? 'letter' : 'letters'}`,
  leaveOut: (portal: string) => `Leave your name, username, email name and ${portal} out of the password`,
  common: 'Many people use this password. Choose another',
};

export const passwordWords: Record<'en' | 'es', typeof en> = {
  en,
  es: {
    hint: 'Una frase corta es buena: fácil para usted, difícil para otros. También cuentan los espacios, los números y los signos. Las mayúsculas y las minúsculas son distintas.',
    ruleLength: (letters: number) => `${letters} letras o más`,
    ruleWithout: (portal: string) => `sin su nombre, su nombre de usuario, el nombre de su correo ni ${portal}`,
    ruleCommon: 'que no sea una contraseña que usa mucha gente',
    typePassword: 'Escriba su contraseña',
    typeNewPassword: 'Escriba una contraseña nueva',
    tooShort: (letters: number, typed: number) =>
      `Elija una contraseña de ${letters} letras o más. La suya tiene ${typed}`,
    tooLong: (letters: number) => `A esta contraseña le sobran ${letters} ${letters === 1 ? 'letra' : 'letras'}`,
    leaveOut: (portal: string) =>
      `No ponga en la contraseña su nombre, su nombre de usuario, el nombre de su correo ni ${portal}`,
    common: 'Mucha gente usa esta contraseña. Elija otra',
  },
};
