import { z } from 'zod';
import { typedCode } from './scalars.ts';

export const notMeBody = z.strictObject({ token: typedCode });
