import type { Policy } from '../../domain/policy/policy.ts';
import { kept, useKept } from '../parts/kept.ts';
import { type Path, settings } from './settings.ts';

/** What was typed, by path; the draft is the policy in force with these put on it, so that they outlive a newer version. */
export type Edits = Readonly<Partial<Record<Path, unknown>>>;

const noEdits: Edits = {};
/** Per member and portal; memory of this page only. */
const drafts = kept<Readonly<Record<string, Edits>>>({});

/** The edits of one portal's policy; they stay when one looks elsewhere and comes back. */
export function useEdits(key: string): [Edits, (next: Edits) => void] {
  const [all, setAll] = useKept(drafts);
  return [all[key] ?? noEdits, (next) => setAll({ ...drafts.get(), [key]: next })];
}

const whys = kept<Readonly<Record<string, string>>>({});

/** Why the draft is made, as far as it was typed; it stays as the edits do. */
export function useWhy(key: string): [string, (next: string) => void] {
  const [all, setAll] = useKept(whys);
  return [all[key] ?? '', (next) => setAll({ ...whys.get(), [key]: next })];
}

export function valueAt(policy: Policy, path: Path): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name], policy);
}

/** The edits with one more; one that says what is in force is none. */
export function edited(edits: Edits, base: Policy, path: Path, value: unknown): Edits {
  const { [path]: _before, ...others } = edits;
  return isSame(valueAt(base, path), value) ? others : { ...others, [path]: value };
}

/** The document to send: the policy with the edits, its version the one they were put on. */
export function withEdits(base: Policy, edits: Edits): Policy {
  const next = structuredClone(base) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(edits)) {
    const names = path.split('.');
    const last = names.pop() ?? path;
    const at = names.reduce((inner, name) => inner[name] as Record<string, unknown>, next);
    at[last] = value;
  }
  return next as unknown as Policy;
}

/** Which settings differ between two versions. */
export function changedBetween(before: Policy, after: Policy): Path[] {
  return settings.map(({ path }) => path).filter((path) => !isSame(valueAt(before, path), valueAt(after, path)));
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
