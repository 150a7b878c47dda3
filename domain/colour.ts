/** Whether `text` is a colour we accept: `#rgb` or `#rrggbb`. */
export function isHexColour(text: string): boolean {
  return /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(text);
}

/** The contrast of two colours by WCAG 2.2, 1 (alike) to 21 (black on white). Throws RangeError on anything but hex. */
export function contrastRatio(hexA: string, hexB: string): number {
  const a = luminance(hexA);
  const b = luminance(hexB);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(hex: string): number {
  if (!isHexColour(hex)) throw new RangeError('A colour is written #rrggbb.');
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
  const red = linear(Number.parseInt(digits.slice(0, 2), 16));
  const green = linear(Number.parseInt(digits.slice(2, 4), 16));
  const blue = linear(Number.parseInt(digits.slice(4, 6), 16));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
