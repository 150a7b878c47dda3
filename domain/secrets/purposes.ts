/** What every kind of secret is, where security.md and lifecycles.md fix it; lifetimes that a policy names are not here. */
export const secretFigures = {
  access_code: { form: 'crockford', characters: 16, tries: 5, identityTries: 5 },
  registration_link: { form: 'link', bytes: 32 },
  enrollment_code: { form: 'case_sensitive', characters: 12, tries: 5, lifetime: 'P30D' },
  invitation_token: { form: 'crockford', characters: 20, tries: 5, lifetime: 'P6M' },
  setup_link: { form: 'link', bytes: 32, lifetime: 'P14D' },
  consent_link: { form: 'link', bytes: 32, lifetime: 'P30D' },
  pass_code: { form: 'digits', characters: 8, tries: 5, lifetime: 'PT10M', linkLifetime: 'PT60M' },
  mailbox_code: { form: 'digits', characters: 8, tries: 5, lifetime: 'PT10M' },
  second_factor_code: { form: 'digits', characters: 8, tries: 5, lifetime: 'PT10M' },
  backup_code: { form: 'crockford', characters: 16, issued: 10 },
} as const satisfies Record<string, SecretFigures>;

/** What a secret is for; a secret of one purpose is unknown to every other. */
export type SecretPurpose = keyof typeof secretFigures;

export const secretPurposes = Object.keys(secretFigures) as SecretPurpose[];

/** Defaults where the policy has a field (tries of the access code), else the rule. */
export interface SecretFigures {
  form: 'crockford' | 'case_sensitive' | 'digits' | 'link';
  characters?: number;
  /** Random bytes of a link, sent as base64url in the URL's fragment. */
  bytes?: number;
  /** Wrong proofs that burn or lock it. */
  tries?: number;
  /** Wrong dates of birth that burn it. */
  identityTries?: number;
  /** ISO 8601, where no policy field says it. */
  lifetime?: string;
  /** ISO 8601, of the same secret sent as a link. */
  linkLifetime?: string;
  /** How many are handed out at once. */
  issued?: number;
}

/** One life cycle for all: live, then ended once, in one of these ways. */
export const secretEndings = ['used', 'expired', 'revoked', 'superseded', 'burned'] as const;
export type SecretEnding = (typeof secretEndings)[number];
export type SecretState = 'live' | SecretEnding;
