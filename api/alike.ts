/**
 * How soon, after the call came, an answer may leave that must not tell known from unknown by its time (security.md). Well
 * above what the work takes at rest, so that the timer alone decides; applied by `handle` to the route's refusals, or to all its
 * answers where good and bad ones read alike.
 */
export const cheapFloorMs = 40;

/** Where a password is compared: the hash takes most of it. */
export const hashingFloorMs = 150;
