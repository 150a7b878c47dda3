/** A cross over open hands: what a portal without a logo of its own shows. */
const plainLogo =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32' fill='none' stroke='%23000' stroke-width='3' stroke-linecap='round'%3E%3Cpath d='M16 5v18M9 12h14M5 20c1 5 5 7 11 7s10-2 11-7'/%3E%3C/svg%3E";

/** The address of a portal's logo. In the policy it is a `data:` address or SVG text; anything else is left out. */
export function logoAddress(logo: string | null): string {
  if (!logo) return plainLogo;
  if (/^data:image\/(?:svg\+xml|png)[;,]/.test(logo)) return logo;
  return logo.trimStart().startsWith('<svg') ? `data:image/svg+xml,${encodeURIComponent(logo)}` : plainLogo;
}
