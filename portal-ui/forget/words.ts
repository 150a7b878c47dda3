/** Words of leaving no trace on a computer that others use. */
const en = {
  finished: 'Do others use this computer?',
  forget: 'Forget my answers here',
  forgotten: 'Nothing of yours is kept here any more',
  forgottenText: 'What you sent us is safe with us. This phone or computer has forgotten it.',
  start: 'Go to the first page',
};

export const forgetWords: Record<'en' | 'es', typeof en> = {
  en,
  es: {
    finished: '¿Otras personas usan este equipo?',
    forget: 'Olvidar aquí mis respuestas',
    forgotten: 'Aquí ya no queda nada suyo',
    forgottenText: 'Lo que nos envió está seguro con nosotros. Este teléfono o computadora lo ha olvidado.',
    start: 'Ir a la primera página',
  },
};
