/** Rules that the interfaces show while something is typed; they come through the contract, as all that pages know does. */
export { roles } from '../domain/case.ts';
export { contrastRatio, isHexColour } from '../domain/colour.ts';
export { languages } from '../domain/language.ts';
export { identityCheckActions } from '../domain/policy/policy.ts';
export { addDuration, durationInWords, isDuration } from '../domain/time/duration.ts';
