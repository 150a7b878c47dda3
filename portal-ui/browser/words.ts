/** Words that the script alone says. */
const en = {
  show: 'Show',
  hide: 'Hide',
  capsLock: 'Caps Lock is on',
  done: 'Done:',
  notYet: 'Not yet:',
  youHave: (count: number) => `(you have ${count})`,
  missing: (count: number) => `${count} more ${count === 1 ? 'letter' : 'letters'} needed.`,
  surplus: (count: number) => `${count} ${count === 1 ? 'letter' : 'letters'} too many.`,
  longEnough: 'Long enough.',
  strength: { weak: 'Strength: weak.', fair: 'Strength: fair.', good: 'Strength: good.', strong: 'Strength: strong.' },
  moreWords: 'One more word makes it much safer.',
  leaveOut: 'Leave out your name, username, email name and the name of this site.',
  areYouThere: 'Are you still there?',
  signedOutSoon: (time: string) => `To keep your account safe, we sign you out at ${time}.`,
  staySignedIn: 'Stay signed in',
  runsOutSoon: 'Your time on this page runs out soon',
  runsOutAt: (time: string) => `You can go on here until ${time}. After that you start again with your access code.`,
  runsOutAtLink: (time: string) => `You can go on here until ${time}. After that you need our email again.`,
  goOn: 'Go on',
  notReached: 'We could not reach our server. Check your internet connection, then press the button again.',
  signedOut: 'You were signed out',
  signedOutText: 'This keeps your account safe. Sign in again.',
  signIn: 'Sign in',
  ranOut: 'The time for this page is over',
  ranOutText: 'Please start again with your access code. It still works, unless you have finished.',
  ranOutLinkText: 'Please open the link in our email again. If it has run out, call us: nothing is lost.',
  startAgain: 'Start again',
};

/** Times in Spanish end with a full stop of their own: "4:03 p. m." */
function withStop(time: string): string {
  return time.replace(/\.?$/, '.');
}

/** By the page's language; words beyond the two are English. */
export const words: typeof en = document.documentElement.lang.startsWith('es')
  ? {
      show: 'Mostrar',
      hide: 'Ocultar',
      capsLock: 'Tiene puestas las mayúsculas (Bloq Mayús)',
      done: 'Hecho:',
      notYet: 'Todavía no:',
      youHave: (count) => `(lleva ${count})`,
      missing: (count) => (count === 1 ? 'Falta 1 letra.' : `Faltan ${count} letras.`),
      surplus: (count) => (count === 1 ? 'Sobra 1 letra.' : `Sobran ${count} letras.`),
      longEnough: 'Ya es bastante larga.',
      strength: {
        weak: 'Seguridad: baja.',
        fair: 'Seguridad: regular.',
        good: 'Seguridad: buena.',
        strong: 'Seguridad: alta.',
      },
      moreWords: 'Con una palabra más es mucho más segura.',
      leaveOut: 'No ponga su nombre, su nombre de usuario, el nombre de su correo ni el nombre de este sitio.',
      areYouThere: '¿Sigue ahí?',
      signedOutSoon: (time) => `Para proteger su cuenta, cerramos su sesión a las ${withStop(time)}`,
      staySignedIn: 'Seguir en mi cuenta',
      runsOutSoon: 'El tiempo de esta página se acaba pronto',
      runsOutAt: (time) =>
        `Puede seguir aquí hasta las ${withStop(time)} Después tiene que empezar otra vez con su código de acceso.`,
      runsOutAtLink: (time) =>
        `Puede seguir aquí hasta las ${withStop(time)} Después necesita otra vez nuestro correo.`,
      goOn: 'Seguir',
      notReached: 'No pudimos conectar con nuestro servidor. Revise su conexión a internet y pulse el botón otra vez.',
      signedOut: 'Su sesión se cerró',
      signedOutText: 'Así protegemos su cuenta. Entre otra vez.',
      signIn: 'Entrar',
      ranOut: 'El tiempo de esta página se acabó',
      ranOutText: 'Empiece otra vez con su código de acceso, por favor. Todavía sirve, a menos que haya terminado.',
      ranOutLinkText:
        'Abra otra vez el enlace de nuestro correo, por favor. Si ya venció, llámenos: no se ha perdido nada.',
      startAgain: 'Empezar otra vez',
    }
  : en;
