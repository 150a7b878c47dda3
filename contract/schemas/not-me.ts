import { z } from 'zod';
import { noted } from './answers.ts';
import { instant, typedCode } from './scalars.ts';

export const notMeBody = z.strictObject({ token: typedCode });

/** Alike whether or not there was anything to stop. */
export const notMeNoted = noted
  .extend({ lookedAtBy: instant.describe('The end of the next working day: by then a person has looked at it.') })
  .meta({ id: 'NotMeNoted' });
