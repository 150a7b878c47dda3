import { describe, expect, it } from '@jest/globals';
import { readCsv } from './csv.ts';
import { readRecords } from './read-records.ts';

describe('readCsv', () => {
  const cells = (text: string) => {
    const read = readCsv(text);
    return Array.isArray(read) ? read.map((line) => [line.line, ...line.cells]) : read;
  };

  it('takes commas, doubled quotes and line ends in quotes, and numbers lines as an editor does', () => {
    expect(cells('\ufeffa,b\r\n"1, one","say ""hi"""\n\n"two\r\nlines",\nlast,"end"')).toEqual([
      [1, 'a', 'b'],
      [2, '1, one', 'say "hi"'],
      [4, 'two\r\nlines', ''],
      [6, 'last', 'end'],
    ]);
    expect(cells('')).toEqual([]);
    expect(cells('\n\n')).toEqual([]);
  });

  it('says where a quote is out of place', () => {
    expect(cells('a\nb"c')).toEqual({ brokenAt: 2 });
    expect(cells('a\n"never closed\nb')).toEqual({ brokenAt: 2 });
    expect(cells('"a"b')).toEqual({ brokenAt: 1 });
  });
});

describe('readRecords', () => {
  const today = '2026-11-21';
  const header = 'MRN,First Name,last_name,dateOfBirth';

  it('reads known columns under their other names, and leaves out what the file does not have', () => {
    const read = readRecords(`${header},ZIP,Deceased,Confidential\nHV-1, Ada ,Ferris,1984-02-29,02139,,yes`, today);
    expect(read).toEqual({
      records: [
        {
          line: 2,
          mrn: 'HV-1',
          firstName: 'Ada',
          lastName: 'Ferris',
          dateOfBirth: '1984-02-29',
          postalCode: '02139',
          deceasedOn: null,
          confidential: true,
        },
      ],
      refused: [],
    });
  });

  it('refuses lines one by one, naming the column', () => {
    const lines = [
      'HV-1,Ada,Ferris,1984-02-31',
      'HV-2,,Ferris,1984-02-28',
      'HV-3,Ada,Fer\u202eris,2026-11-22',
      'HV-4,Ada',
      'HV-5,Ada,Ferris,1984-02-28',
      'HV-5,Ada,Ferris,1984-02-28',
    ];
    const read = readRecords([header, ...lines].join('\n'), today);
    if ('problem' in read) throw new Error(read.problem);
    expect(read.records.map(({ mrn }) => mrn)).toEqual(['HV-5']);
    expect(read.refused.map(({ line, errors }) => [line, ...Object.keys(errors)])).toEqual([
      [2, 'dateOfBirth'],
      [3, 'firstName'],
      [4, 'lastName', 'dateOfBirth'],
      [5, ''],
      [7, 'mrn'],
    ]);
  });

  it.each([
    ['', 'no record'],
    [header, 'no record'],
    ['mrn,firstName\nHV-1,Ada', 'lacks: lastName, dateOfBirth'],
    [`${header},colour\nHV-1,Ada,Ferris,1984-02-28,blue`, '“colour” is not known'],
    [`${header},mrn\nHV-1,Ada,Ferris,1984-02-28,HV-1`, 'twice'],
    [`${header}\n"HV-1`, 'Line 2'],
  ])('takes nothing of a file it cannot trust: %j', (csv, because) => {
    expect(readRecords(csv, today)).toEqual({ problem: expect.stringContaining(because) });
  });
});
