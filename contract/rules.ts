/** Rules that the interfaces show while something is typed; they come through the contract, as all that pages know does. */
export { demandsNote, overrideReasons } from '../domain/application/reasons.ts';
export { roles } from '../domain/case.ts';
export { contrastRatio, isHexColour } from '../domain/colour.ts';
export { languages } from '../domain/language.ts';
export { logoAddress } from '../domain/logo.ts';
export { emailKey } from '../domain/people/normalise.ts';
export { usernameRefusal } from '../domain/people/username.ts';
export { figures } from '../domain/policy/figures.ts';
export { identityCheckActions } from '../domain/policy/policy.ts';
export { addressReasons } from '../domain/registration/reasons.ts';
export { looksLikeAccessCode } from '../domain/secrets/access-code.ts';
export { bareText } from '../domain/secrets/crockford.ts';
export { readReference } from '../domain/secrets/reference.ts';
export { addDuration, durationInWords, isDuration } from '../domain/time/duration.ts';
export { includesRole } from '../domain/transition-table.ts';
