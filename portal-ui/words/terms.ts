/** Words of accepting the terms. */
const en = {
  termsTitle: 'Read and accept the terms',
  termsEnd: 'Go to the end of the terms',
  termsVersion: (version: string) => `Version ${version}`,
  termsLanguage: (language: string) =>
    `The terms are written in ${language}. You do not understand something? Call us.`,
  accept: 'I have read the terms and accept them',
  acceptForeign: (language: string) => `I have read the terms in ${language} and accept that text`,
  tickTerms: 'Tick the box to accept the terms',
  termsChanged: 'The terms have changed. Please read the new ones',
};

export const termsWords: Record<'en' | 'es', typeof en> = {
  en,
  es: {
    termsTitle: 'Lea y acepte las condiciones',
    termsEnd: 'Ir al final de las condiciones',
    termsVersion: (version) => `Versión ${version}`,
    termsLanguage: (language) => `Las condiciones están escritas en ${language}. ¿No entiende algo? Llámenos.`,
    accept: 'He leído las condiciones y las acepto',
    acceptForeign: (language) => `He leído las condiciones en ${language} y acepto ese texto`,
    tickTerms: 'Marque la casilla para aceptar las condiciones',
    termsChanged: 'Las condiciones han cambiado. Lea las nuevas, por favor',
  },
};
