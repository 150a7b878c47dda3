import { Problem } from '../../../contract/problems.ts';
import { type ListPage, PageTooDeep } from '../../../store/list-page.ts';

/** A list's page as it is answered, each row as `present` shows it. Raises `bad_query` for a page beyond what lists reach to. */
export async function listAnswer<Row, Shown>(
  page: Promise<ListPage<Row>>,
  present: (row: Row) => Shown,
): Promise<{ data: Shown[]; total: number; totalIsCapped: boolean }> {
  try {
    const { data, total, totalIsCapped } = await page;
    return { data: data.map(present), total, totalIsCapped };
  } catch (error) {
    if (!(error instanceof PageTooDeep)) throw error;
    throw new Problem('bad_query', { errors: { page: `Pages reach to row ${error.rows}. Narrow the list instead.` } });
  }
}

/** One page of rows that are all at hand. */
export function pageOfAll<Row>(
  rows: readonly Row[],
  { page, perPage }: { page: number; perPage: number },
): { data: Row[]; total: number; totalIsCapped: boolean } {
  const from = (page - 1) * perPage;
  return { data: rows.slice(from, from + perPage), total: rows.length, totalIsCapped: false };
}
