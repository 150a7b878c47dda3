import { z } from 'zod';

/** The answers of an application that is being typed, by field. */
const applyDraft = z.record(z.string(), z.string());

/** What the steps of opening an account remember besides what the API keeps of them. */
const activationNotes = z.object({
  /** The dates of birth did not fit, and the code is dead. */
  isLocked: z.boolean().optional(),
  /** What was chosen at step 5, for whoever is led back to it. */
  optIn: z.string().optional(),
});

/**
 * What the browser keeps between pages, in a cookie that only this server can read: nothing typed is stored elsewhere before it is
 * sent. Gone with the browser, and not opened any more after four hours.
 */
export const kept = z.object({
  apply: applyDraft.optional(),
  /** The receipt of the application sent last. */
  sent: z.object({ reference: z.string(), promisedBy: z.string() }).optional(),
  /** How the person proved which application is theirs. */
  status: z.object({ reference: z.string(), dateOfBirth: z.string() }).optional(),
  /** One notice for the next page, such as `saved`. */
  notice: z.string().optional(),
  /** The form that was refused last and cost a try: sent once more, it gets the same answer and costs nothing. Never a secret. */
  refused: z.object({ once: z.string(), typed: z.string().optional(), triesLeft: z.int() }).optional(),
  activation: activationNotes.optional(),
  /**
   * Of the registration under way: whether its person was identified before, the username that was chosen, and whether another
   * was first with it.
   */
  registration: z
    .object({
      isIdentified: z.boolean().optional(),
      username: z.string().optional(),
      isTaken: z.boolean().optional(),
    })
    .optional(),
  /** How the registration finished last ended, and the username of the account opened by it. */
  registered: z
    .object({
      outcome: z.enum(['registered', 'linked']),
      username: z.string().optional(),
      practice: z.string().optional(),
    })
    .optional(),
  /** The username of the account opened last. */
  opened: z.string().optional(),
  /** The account signed in last, and the new address that waits for its 8 numbers. */
  account: z
    .object({ username: z.string(), newEmail: z.object({ address: z.string(), endsAt: z.string() }).optional() })
    .optional(),
  /** Where somebody was signed out in the middle, and what was typed there; given back to the same account alone. */
  after: z.object({ path: z.string(), username: z.string().optional(), typed: applyDraft.optional() }).optional(),
  /** "This was not me" was told: by when a person has looked at it. */
  stopped: z.object({ lookedAtBy: z.string() }).optional(),
});
export type Kept = z.output<typeof kept>;
