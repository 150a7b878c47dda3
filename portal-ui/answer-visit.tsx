import { renderToStaticMarkup } from 'react-dom/server';
import { Problem } from '../contract/problems.ts';
import { mainFormId } from './forms/PageForm.tsx';
import { Document } from './layout/Document.tsx';
import type { FieldError, Page, Shown, Taken, Told } from './page.ts';
import { pages } from './pages.ts';
import { notFoundPage, pageOfProblem } from './refusals/refusal-pages.tsx';
import type { Typed, Visit } from './visit.ts';

/** What leaves: a page, or the address to go to (303). */
export type PageReply =
  | { status: number; html: string; retryAfterSeconds?: number | undefined }
  | { status: 303; to: string };

export interface AnswerOptions {
  method: 'get' | 'post';
  /** The form came without proof that it is ours: the page is shown again with what was typed, and nothing is done. */
  isUnproven?: boolean;
  /** Only text size or language was changed: the page is shown again with what was typed. */
  isOnlySetting?: boolean;
  assets: { style: string; script: string };
}

const nothingTyped: Typed = { text: () => '', raw: () => '', all: () => [], names: () => [] };

/** Whether a path below a portal is one of its pages. */
export function isPage(path: string): boolean {
  return pagesByPath.has(path);
}

const pagesByPath: ReadonlyMap<string, Page> = new Map(pages.map((page) => [page.path, page]));

/** Answers a look at a page or a form sent to it. Problems become pages; anything else is thrown on. */
export async function answerVisit(visit: Visit, options: AnswerOptions): Promise<PageReply> {
  const page = pagesByPath.get(visit.path);
  if (!page) return render(visit, notFoundPage(visit), [], options);
  try {
    if (options.method === 'get') return await look(page, visit, { typed: nothingTyped, errors: [] }, options);
    const told: Told = { typed: visit.typed, errors: [] };
    if (options.isOnlySetting) return await look(page, visit, told, options);
    if (options.isUnproven) return await lookAgainUnproven(page, visit, options);
    if (!page.take) return render(visit, notFoundPage(visit), [], options);
    const taken = await takeOnce(page.take, visit);
    if (taken === 'changed') return await lookAgainUnproven(page, visit, options);
    if ('to' in taken) return { status: 303, to: taken.to };
    if ('shown' in taken) return render(visit, taken.shown, [], options);
    return await look(page, visit, { typed: visit.typed, errors: taken.errors }, options, taken.status ?? 422);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return render(visit, pageOfProblem(visit, error), [], options);
  }
}

async function look(page: Page, visit: Visit, told: Told, options: AnswerOptions, status?: number): Promise<PageReply> {
  const shown = await page.show(visit, told);
  if ('to' in shown) return { status: 303, to: shown.to };
  return render(visit, { ...shown, ...(status !== undefined && { status }) }, told.errors, options);
}

/** A form whose key was used already, with something else typed (after "Back"): it is shown again, with a key of its own. */
async function takeOnce(take: NonNullable<Page['take']>, visit: Visit): Promise<Taken | 'changed'> {
  try {
    return await take(visit);
  } catch (error) {
    if (error instanceof Problem && error.code === 'idempotency_key_reused') return 'changed';
    throw error;
  }
}

/** The page was open too long, or the form is not ours: what was typed stands there, the button does it. */
async function lookAgainUnproven(page: Page, visit: Visit, options: AnswerOptions): Promise<PageReply> {
  visit.kept.notice = 'page_too_old';
  const reply = await look(page, visit, { typed: visit.typed, errors: [] }, options, 403);
  if (visit.kept.notice === 'page_too_old') delete visit.kept.notice;
  return reply;
}

function render(visit: Visit, shown: Shown, errors: readonly FieldError[], { assets }: AnswerOptions): PageReply {
  const body = renderToStaticMarkup(shown.body);
  const hasForm = body.includes(` id="${mainFormId}"`);
  const wrong = errors.length > 0 ? errors : (shown.errors ?? []);
  const document = <Document visit={visit} shown={shown} errors={wrong} assets={assets} hasForm={hasForm} />;
  return {
    status: shown.status ?? 200,
    html: `<!doctype html>${renderToStaticMarkup(document)}`,
    ...(shown.retryAfterSeconds !== undefined && { retryAfterSeconds: shown.retryAfterSeconds }),
  };
}
