import { describe, expect, it } from '@jest/globals';
import { readRows } from './read-rows.ts';

const rowsOf = (csv: string) => {
  const read = readRows(csv);
  if ('problem' in read) throw new Error(read.problem);
  return read.rows;
};

describe('a campaign’s file', () => {
  it('names records by MRN, and where they go instead of the address on file', () => {
    expect(
      rowsOf(
        '\ufeffMRN,E-Mail,Reason\r\nMS-1,,\r\n\r\n MS-2 , new@mail.example ,patient_request\r\n"MS-3",a@b.example,\r\n',
      ),
    ).toEqual([
      { no: 2, mrn: 'MS-1', email: undefined, reason: undefined, isMalformed: false },
      { no: 4, mrn: 'MS-2', email: 'new@mail.example', reason: 'patient_request', isMalformed: false },
      { no: 5, mrn: 'MS-3', email: 'a@b.example', reason: undefined, isMalformed: false },
    ]);
    expect(rowsOf('mrn\nMS-1')).toMatchObject([{ no: 2, mrn: 'MS-1', isMalformed: false }]);
  });

  it('takes no reason that needs a note, and none it does not know', () => {
    const rows = rowsOf('mrn,email,reason\n1,a@b.example,other\n2,a@b.example,because\n3,a@b.example,address_outdated');
    expect(rows.map(({ reason, isMalformed }) => [reason, isMalformed])).toEqual([
      [undefined, false],
      [undefined, false],
      ['address_outdated', false],
    ]);
  });

  it.each([
    ['no MRN', ',a@b.example,'],
    ['an MRN too long', `${'9'.repeat(65)},,`],
    ['an address that is none', 'MS-1,not an address,'],
    ['an address in quotes', 'MS-1,"""a b""@mail.example",'],
    ['a cell too many', 'MS-1,,,'],
    ['a cell too few', 'MS-1,'],
    ['a character nobody sees', 'MS-\u202e1,,'],
    ['a null character', 'MS-\u00001,,'],
  ])('keeps a line with %s as a malformed row', (_what, line) => {
    const [row] = rowsOf(`mrn,email,reason\n${line}`);
    expect(row).toMatchObject({ no: 2, isMalformed: true });
    expect(JSON.stringify(row)).not.toMatch(/\\u0000|\u202e/);
    expect(row?.mrn.length).toBeLessThanOrEqual(64);
  });

  it.each([
    ['', 'no row'],
    ['mrn', 'no row'],
    ['email\na@b.example', 'lacks: mrn'],
    ['mrn,colour\n1,blue', '“colour” is not known'],
    ['mrn,MRN\n1,1', 'twice'],
    ['mrn\n"1', 'Line 2'],
    [`mrn\n${'1\n'.repeat(50_001)}`, 'at most 50000 rows'],
  ])('takes nothing of a file it cannot trust', (csv, because) => {
    expect(readRows(csv)).toEqual({ problem: expect.stringContaining(because) });
  });
});
