import { z } from 'zod';
import { hasForbiddenCharacters } from '../domain/people/normalise.ts';
import { Problem } from './problems.ts';

/** How a list may be asked: which columns sort it, which filters narrow it, whether `q` searches it. */
export interface ListDescriptor {
  sorts: readonly [string, ...string[]];
  defaultSort: string;
  defaultOrder: 'asc' | 'desc';
  /** One value of each filter; a filter may be repeated, which means OR. */
  filters: Readonly<Record<string, z.ZodType>>;
  search: boolean;
}

/** A list's question, read and checked. `ids` = the repeated `id=`; undefined = not asked for. */
export interface ListQuery<List extends ListDescriptor = ListDescriptor> {
  /** Counted from 1. */
  page: number;
  perPage: number;
  sort: List['sorts'][number];
  order: 'asc' | 'desc';
  ids: string[] | undefined;
  /** What was typed into the search, trimmed; undefined when empty. */
  q: string | undefined;
  filters: { [Name in keyof List['filters']]?: z.output<List['filters'][Name]>[] };
}

export const listDefaults = {
  perPage: 25,
  longestPerPage: 100,
  mostIds: 100,
  longestSearch: 200,
  mostValues: 50,
} as const;

/** States a list's descriptor; its literal types carry over to `ListQuery`. */
export function listOf<const List extends ListDescriptor>(list: List): List {
  return list;
}

/** Reads a list's query string. Raises `bad_query` for anything unknown, repeated in vain or out of range. */
export function parseListQuery<List extends ListDescriptor>(list: List, search: URLSearchParams): ListQuery<List> {
  const errors: Errors = new Map();
  for (const name of new Set(search.keys())) {
    if (!isKnown(list, name)) errors.set(name, 'This is not known here.');
    else if (search.getAll(name).length > 1 && !isRepeatable(list, name)) errors.set(name, 'Give this once.');
  }
  const read = <T>(name: string, schema: z.ZodType<T>, fallback: T): T => {
    const given = search.get(name);
    if (given === null || errors.has(name)) return fallback;
    const parsed = schema.safeParse(given);
    if (parsed.success) return parsed.data;
    errors.set(name, expectations[name] ?? 'This value is not known here.');
    return fallback;
  };
  const query = {
    page: read('page', pageNumber, 1),
    perPage: read('perPage', perPage, listDefaults.perPage),
    sort: read<string>('sort', z.enum([...list.sorts]), list.defaultSort),
    order: read('order', order, list.defaultOrder),
    ids: values('id', z.uuid(), search, errors, listDefaults.mostIds),
    q: read('q', searchText, undefined),
    filters: readFilters(list, search, errors),
  };
  if (errors.size > 0) throw new Problem('bad_query', { errors: Object.fromEntries(errors) });
  return query as ListQuery<List>;
}

/** The query parameters of a list as a schema, for the published document. */
export function listQuerySchema(list: ListDescriptor): z.ZodObject {
  const filters = Object.fromEntries(
    Object.entries(list.filters).map(([name, schema]) => [name, z.array(schema).optional().describe('Repeat for OR.')]),
  );
  return z.object({
    page: z.int().min(1).optional().describe('Counted from 1.'),
    perPage: z
      .int()
      .min(1)
      .max(listDefaults.longestPerPage)
      .optional()
      .describe(`${listDefaults.perPage} unless told.`),
    sort: z
      .enum([...list.sorts])
      .optional()
      .describe(`${list.defaultSort} unless told.`),
    order: z.enum(['asc', 'desc']).optional().describe(`${list.defaultOrder} unless told.`),
    id: z.array(z.uuid()).optional().describe('Exactly these; repeat for many.'),
    ...(list.search && { q: z.string().max(listDefaults.longestSearch).optional() }),
    ...filters,
  });
}

/** Parameter → what is wrong with it; a map, for a parameter may be called anything, `__proto__` too. */
type Errors = Map<string, string>;

const digits = z.string().regex(/^[0-9]{1,7}$/);
const pageNumber = digits.transform(Number).pipe(z.int().min(1).max(1_000_000));
const perPage = digits.transform(Number).pipe(z.int().min(1).max(listDefaults.longestPerPage));
const order = z.enum(['asc', 'desc']);
const searchText = z
  .string()
  .max(listDefaults.longestSearch)
  .refine((text) => !hasForbiddenCharacters(text))
  .transform((text) => text.normalize('NFC').trim() || undefined);

const paging = ['page', 'perPage', 'sort', 'order', 'id'];

const expectations: Record<string, string> = {
  page: 'A page is a number from 1.',
  perPage: `A page holds 1 to ${listDefaults.longestPerPage} rows.`,
  sort: 'This list cannot be sorted by that.',
  order: 'The order is asc or desc.',
  q: `Search for at most ${listDefaults.longestSearch} characters that can be seen.`,
};

function isKnown(list: ListDescriptor, name: string): boolean {
  return paging.includes(name) || (list.search && name === 'q') || Object.hasOwn(list.filters, name);
}

function isRepeatable(list: ListDescriptor, name: string): boolean {
  return name === 'id' || Object.hasOwn(list.filters, name);
}

function readFilters(list: ListDescriptor, search: URLSearchParams, errors: Errors) {
  const filters: Record<string, unknown[]> = {};
  for (const [name, schema] of Object.entries(list.filters)) {
    const found = values(name, schema, search, errors, listDefaults.mostValues);
    if (found) filters[name] = found;
  }
  return filters;
}

/** All values of a repeated parameter; undefined when it was not given. */
function values<T>(
  name: string,
  schema: z.ZodType<T>,
  search: URLSearchParams,
  errors: Errors,
  most: number,
): T[] | undefined {
  if (!search.has(name)) return undefined;
  const given = search.getAll(name);
  const parsed = z.array(schema).max(most).safeParse(given);
  if (parsed.success) return parsed.data;
  errors.set(name, given.length > most ? `Give at most ${most} of these.` : 'This value is not known here.');
  return undefined;
}
