import { figures } from '../domain/policy/figures.ts';

/** Which part of a list is asked for; `page` counts from 1. */
export interface PageAsked {
  page: number;
  perPage: number;
  order: 'asc' | 'desc';
  ids?: readonly string[] | undefined;
  q?: string | undefined;
}

/** A page was asked for that begins beyond the rows lists reach to. */
export class PageTooDeep extends Error {
  readonly rows: number;

  constructor(rows: number) {
    super(`pages reach to row ${rows}`);
    this.name = 'PageTooDeep';
    this.rows = rows;
  }
}

/** One page of a list; `total` is counted up to `figures.listTotalCap`. */
export interface ListPage<Row> {
  data: Row[];
  total: number;
  totalIsCapped: boolean;
}

/** The conditions of a list with their parameters, from which its statements are built. Only whitelisted SQL goes in. */
export class Conditions {
  readonly params: unknown[] = [];
  private readonly parts: string[] = [];

  /** Takes a value and answers its placeholder. */
  param(value: unknown): string {
    this.params.push(value);
    return `$${this.params.length}`;
  }

  add(sql: string): void {
    this.parts.push(sql);
  }

  /** `column` is one of `values`; nothing when none were asked for. One value is an equality, so that indexes keep their order. */
  oneOf(column: string, values: readonly unknown[] | undefined, type: 'text' | 'uuid' = 'text'): void {
    if (!values) return;
    this.add(
      values.length === 1
        ? `${column} = ${this.param(values[0])}::${type}`
        : `${column} = ANY(${this.param(values)}::${type}[])`,
    );
  }

  /** The portals a member is limited to; undefined or empty = all. */
  withinPortals(column: string, portals: readonly string[] | undefined): void {
    if (portals && portals.length > 0) this.oneOf(column, portals);
  }

  /** All conditions, joined by AND. */
  get where(): string {
    return this.parts.length > 0 ? this.parts.join(' AND ') : 'true';
  }
}

/** `text` as part of a LIKE pattern, its own signs meaning nothing. */
export function inPattern(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

/**
 * Reads rows and counts them up to the cap, the count only when the rows do not say it. A page that begins beyond the cap
 * throws `PageTooDeep` when there is more than the cap, and is empty otherwise.
 */
export async function readPage<Row>(
  { page, perPage }: Pick<PageAsked, 'page' | 'perPage'>,
  read: (limit: number, offset: number) => Promise<Row[]>,
  count: (upTo: number) => Promise<number>,
): Promise<ListPage<Row>> {
  const cap = figures.listTotalCap;
  const offset = (page - 1) * perPage;
  if (offset >= cap) return beyondCap(await count(cap + 1), cap);
  const data = await read(perPage, offset);
  const isLast = data.length < perPage && (data.length > 0 || offset === 0);
  const found = isLast ? offset + data.length : await count(cap + 1);
  return { data, total: Math.min(found, cap), totalIsCapped: found > cap };
}

function beyondCap<Row>(found: number, cap: number): ListPage<Row> {
  if (found > cap) {
    throw new PageTooDeep(cap);
  }
  return { data: [], total: found, totalIsCapped: false };
}
