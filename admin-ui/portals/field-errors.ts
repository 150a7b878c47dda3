import { Problem } from '../../contract/problems.ts';
import type { Say } from '../words/use-words.ts';
import { type Path, settingAt, settings } from './settings.ts';

/** The server's messages by the setting they belong to; of a list's entry with its number. */
export function fieldErrors(error: unknown, say: Say): ReadonlyMap<Path, string[]> {
  const found = new Map<Path, string[]>();
  if (!(error instanceof Problem)) return found;
  for (const [path, message] of Object.entries(error.errors ?? {})) {
    const setting = settingAt(path);
    if (!setting) continue;
    const no = Number(path.slice(setting.path.length + 1));
    const isEntry = path !== setting.path && Number.isInteger(no);
    const text = isEntry ? say('policy.entry', { no: no + 1, message }) : message;
    found.set(setting.path, [...(found.get(setting.path) ?? []), text]);
  }
  return found;
}

/** The first setting of the document that is wrong. */
export function firstPathOf(error: unknown): Path | undefined {
  const paths = error instanceof Problem ? Object.keys(error.errors ?? {}) : [];
  return settings.find(({ path }) => paths.some((each) => settingAt(each)?.path === path))?.path;
}

/** A field that is being mended is not called wrong any more; when none is left the refusal goes. */
export function withoutErrorsOf(error: unknown, path: Path | 'note'): unknown {
  if (!(error instanceof Problem) || !error.errors) return error;
  const left = Object.fromEntries(
    Object.entries(error.errors).filter(([each]) => (settingAt(each)?.path ?? each) !== path),
  );
  if (Object.keys(left).length === 0) return undefined;
  return new Problem(error.code, { detail: error.detail, nextStep: error.nextStep, errors: left });
}

/** What is wrong with the note that goes along. */
export function noteError(error: unknown): string | undefined {
  return error instanceof Problem ? error.errors?.note : undefined;
}
