/** Dots in the shape of each secret, for previews; links leave them out. */
export const hiddenSecrets = {
  accessCode: '••••-••••-••••-••••',
  mailboxCode: '••••••••',
  registrationLink: '••••••••',
} as const;
