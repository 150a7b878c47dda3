import { describe, expect, it } from '@jest/globals';
import { parseListQuery } from './list-query.ts';
import { parseQuery } from './parse.ts';
import { Problem } from './problems.ts';
import { listAudit } from './routes/staff/audit.ts';
import { caseList } from './routes/staff/cases.ts';
import { listPortals } from './routes/staff/portals.ts';

const ask = (search: string) => parseListQuery(caseList, new URLSearchParams(search));
const refused = (search: string) => {
  try {
    ask(search);
  } catch (error) {
    return error instanceof Problem ? { code: error.code, fields: Object.keys(error.errors ?? {}) } : error;
  }
  return undefined;
};
const id = '018f0000-0000-7000-8000-000000000001';

describe('a list asked for', () => {
  it('has defaults', () => {
    expect(ask('')).toEqual({
      page: 1,
      perPage: 25,
      sort: 'receivedAt',
      order: 'desc',
      ids: undefined,
      q: undefined,
      filters: {},
    });
  });

  it('takes repeated filters for OR and repeated ids', () => {
    const query = ask(
      `page=2&perPage=100&sort=dueAt&order=asc&state=submitted&state=in_review&assignee=me&id=${id}&q=%20Ada%20`,
    );
    expect(query).toMatchObject({ page: 2, perPage: 100, sort: 'dueAt', order: 'asc', ids: [id], q: 'Ada' });
    expect(query.filters).toEqual({ state: ['submitted', 'in_review'], assignee: ['me'] });
  });

  it.each([
    ['perPage=101', 'perPage'],
    ['perPage=0', 'perPage'],
    ['page=0', 'page'],
    ['page=-1', 'page'],
    ['page=1.5', 'page'],
    ['page=1e3', 'page'],
    ['page=1&page=2', 'page'],
    ['sort=password', 'sort'],
    ['order=up', 'order'],
    ['colour=red', 'colour'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
    ['state=lost', 'state'],
    ['assignee=you', 'assignee'],
    ['id=1', 'id'],
    [`q=${'a'.repeat(201)}`, 'q'],
    ['q=a%00b', 'q'],
    ['portal=a%27b', 'portal'],
  ])('%s is refused', (search, field) => {
    expect(refused(search)).toEqual({ code: 'bad_query', fields: [field] });
  });

  it('names everything that is wrong at once, and does not search where it cannot', () => {
    expect(refused('sort=x&state=y')).toEqual({ code: 'bad_query', fields: ['sort', 'state'] });
    expect(() => parseListQuery(listPortals.list, new URLSearchParams('q=a'))).toThrow(Problem);
  });
});

describe('another query', () => {
  it('is read strictly too', () => {
    expect(parseQuery(listAudit, new URLSearchParams(`before=${id}`))).toEqual({ before: id, perPage: 25 });
    expect(parseQuery(listAudit, new URLSearchParams('perPage=50'))).toEqual({ perPage: 50 });
    for (const search of ['before=1', 'perPage=0', 'perPage=x', 'page=1', `before=${id}&before=${id}`]) {
      expect(() => parseQuery(listAudit, new URLSearchParams(search))).toThrow(
        expect.objectContaining({ code: 'bad_query' }),
      );
    }
  });
});
