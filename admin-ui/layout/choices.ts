import { kept } from '../parts/kept.ts';

/** The portal everything is narrowed to; undefined: all that the member works for. */
export const chosenPortal = kept<string | undefined>(undefined);

/** What is searched for in the queue. Kept out of the address, for it may be a name. */
export const searchedFor = kept('');

/** The overlay of all keys. */
export const keysHelpIsOpen = kept(false);

/** Light, dark, or as the system has it. */
export const chosenTheme = kept<'light' | 'dark' | undefined>(undefined);
