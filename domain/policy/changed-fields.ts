/**
 * The fields in which two policies differ, by their path (`accessCode.lifetime`), sorted; a list counts as one field. Never the
 * values, which may be texts. The version differs always and is left out.
 */
export function changedFields(before: object, after: object): string[] {
  return differing(before, after, '')
    .filter((path) => path !== 'version')
    .sort();
}

function differing(before: unknown, after: unknown, path: string): string[] {
  if (!isSection(before) && !isSection(after)) return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
  // A field that an older document did not have yet counts field by field.
  const [old, fresh] = [isSection(before) ? before : {}, isSection(after) ? after : {}];
  const names = new Set([...Object.keys(old), ...Object.keys(fresh)]);
  return [...names].flatMap((name) => differing(old[name], fresh[name], path === '' ? name : `${path}.${name}`));
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
