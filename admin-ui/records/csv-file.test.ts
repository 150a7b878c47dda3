import { expect, it } from '@jest/globals';
import { readCsvFile } from './csv-file.ts';

const file = (content: string | Uint8Array<ArrayBuffer>) => new File([content], 'records.csv');

it('counts rows below the header and names the columns', async () => {
  const text = '\ufeffmrn,"firstName"\r\nHV-1,Ada\r\n\r\nHV-2,Bo\r\n';
  expect(await readCsvFile(file(text))).toMatchObject({ rows: 2, columns: ['mrn', 'firstName'] });
});

it('says why a file cannot be sent', async () => {
  expect(await readCsvFile(file('mrn,firstName\n'))).toBe('empty');
  expect(await readCsvFile(file(new Uint8Array([0x6d, 0xff, 0xfe, 0x0a, 0x41])))).toBe('notText');
  expect(await readCsvFile(file('PK\u0003\u0004\0\n1\n'))).toBe('notText');
  expect(await readCsvFile(file(new Uint8Array(18 * 1024 * 1024 + 1)))).toBe('tooBig');
});
