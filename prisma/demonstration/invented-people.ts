import type { DemonstrationRecord } from './patient-records.ts';

/** What distinguishes one portal's people from another's. */
export interface Population {
  /** Of the MRNs: `MS-200` gives `MS-200001`, … */
  prefix: string;
  seed: number;
  postalCodes: readonly string[];
  areaCode: string;
  /** The primary care provider of each practice. */
  providers: readonly string[];
  /** Particular persons, by their number in the MRN, counted from 1. */
  people?: Readonly<Record<number, Partial<DemonstrationRecord>>>;
}

const count = 40;

/**
 * 40 people, the same at every run. Among them: two children, two of one name, one who died, one merged into another, one
 * confidential record, and two people known at two practices.
 */
export function inventPeople(population: Population): DemonstrationRecord[] {
  const records = Array.from({ length: count }, (_, index) => person(index, population));
  const change = (no: number, changes: Partial<DemonstrationRecord>) => {
    const record = records[no - 1];
    if (record) Object.assign(record, changes);
  };
  const of = (no: number): DemonstrationRecord => {
    const record = records[no - 1];
    if (!record) throw new RangeError(`there are ${count} people`);
    return record;
  };

  for (const [no, particular] of Object.entries(population.people ?? {})) change(Number(no), particular);
  change(5, { dateOfBirth: '2019-04-11', email: null, practice: 2 });
  change(6, { dateOfBirth: '2011-09-23', email: null, practice: 2 });
  change(11, { firstName: of(10).firstName, lastName: of(10).lastName, sex: of(10).sex });
  change(20, { dateOfBirth: '1938-12-02', deceasedOn: '2026-03-17' });
  change(25, { ...sameHuman(of(24)), mergedInto: of(24).mrn, samePersonAs: of(24).mrn });
  change(30, { isConfidential: true });
  change(36, { ...sameHuman(of(35)), samePersonAs: of(35).mrn, practice: 1 });
  change(38, { ...sameHuman(of(37)), samePersonAs: of(37).mrn, practice: 1 });
  change(35, { practice: 0 });
  change(37, { practice: 0 });
  return records;
}

function sameHuman({ firstName, lastName, dateOfBirth, postalCode, sex, email, phone }: DemonstrationRecord) {
  return { firstName, lastName, dateOfBirth, postalCode, sex, email, phone };
}

function person(index: number, { prefix, seed, postalCodes, areaCode, providers }: Population): DemonstrationRecord {
  const spin = (step: number, length: number) => (index * step + seed * (step + 4)) % length;
  const sex = index % 2 === 0 ? 'female' : 'male';
  const firstName = pick(sex === 'female' ? womensNames : mensNames, spin(3, 20));
  const lastName = pick(lastNames, spin(7, lastNames.length));
  const practice = index % providers.length;
  const [year, month, day] = [1941 + spin(29, 62), 1 + spin(5, 12), 1 + spin(11, 28)];
  return {
    mrn: `${prefix}${String(index + 1).padStart(3, '0')}`,
    firstName,
    lastName,
    dateOfBirth: `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    postalCode: pick(postalCodes, spin(1, postalCodes.length)),
    sex,
    // Not everybody has an address on file: printed letters are for them.
    email: index % 6 === 4 ? null : `${plain(firstName)}.${plain(lastName)}${index}@mail.example`,
    phone: index % 9 === 7 ? null : `+1 ${areaCode} 555 01${String(index + 10).padStart(2, '0')}`,
    practice,
    primaryCareProvider: pick(providers, practice),
  };
}

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();
}

const womensNames = [
  'Abigail',
  'Beatriz',
  'Camille',
  'Deborah',
  'Elena',
  'Fatima',
  'Georgia',
  'Harriet',
  'Ingrid',
  'Jocelyn',
  'Keiko',
  'Lorraine',
  'Marisol',
  'Natalie',
  'Ophelia',
  'Paloma',
  'Rosalind',
  'Shanice',
  'Tamara',
  'Wilhelmina',
];
const mensNames = [
  'Adrian',
  'Bernard',
  'Cedric',
  'Dominic',
  'Emilio',
  'Francis',
  'Gideon',
  'Hassan',
  'Isaac',
  'Jerome',
  'Kenneth',
  'Leonard',
  'Malik',
  'Nathaniel',
  'Orlando',
  'Preston',
  'Quentin',
  'Rodrigo',
  'Stephen',
  'Terrence',
];
const lastNames = [
  'Abernathy',
  'Baptiste',
  'Calloway',
  'Dvořák',
  'Eastman',
  'Fitzgerald',
  'Guerrero',
  'Hargrove',
  'Ivanova',
  'Jankowski',
  'Kimura',
  'Langley',
  'Montgomery',
  'Nakamura',
  'O’Sullivan',
  'Pemberton',
  'Quiñones',
  'Rasmussen',
  'Stavros',
  'Thornton',
  'Underwood',
  'Villanueva',
  'Washington',
  'Xiong',
  'Yarborough',
  'Zielinski',
  'de la Cruz',
  'McAllister',
  'Okonkwo',
  'Singh',
];
