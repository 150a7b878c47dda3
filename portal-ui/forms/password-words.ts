/** Words around passwords: where one is typed, chosen, or refused. */
const en = {
  hint: 'A short sentence is good: easy for you, hard for others. Spaces, numbers and signs count too. Capital and small letters are different.',
  ruleLength: (letters: number) => `${letters} letters or more`,
  ruleWithout: (portal: string) => `without your name, username, email name, or ${portal}`,
  ruleCommon: 'not a password that many people use',
  typePassword: 'Type your password',
  typeNewPassword: 'Type a new password',
  tooShort: (letters: number, typed: number) => `Use ${letters} letters or more. You have ${typed}`,
  leaveOut: (portal: string) => `Leave out your name, username, email name and ${portal}`,
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
    tooShort: (letters: number, typed: number) => `Use ${letters} letras o más. Tiene ${typed}`,
    leaveOut: (portal: string) => `No ponga su nombre, su nombre de usuario, el nombre de su correo ni ${portal}`,
    common: 'Mucha gente usa esta contraseña. Elija otra',
  },
};
