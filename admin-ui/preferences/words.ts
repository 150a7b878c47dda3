export const en = {
  'preferences.notKept': 'This could not be kept. It holds until the page is closed.',
} as const;

export const es: Record<keyof typeof en, string> = {
  'preferences.notKept': 'No se pudo guardar. Vale hasta que se cierre la página.',
};
