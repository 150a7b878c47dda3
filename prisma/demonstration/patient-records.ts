import { harborviewRecords } from './harborview-records.ts';
import { inventPeople } from './invented-people.ts';
import type { DemonstrationPortal } from './policies/index.ts';

/** One row of a portal's records. All people are invented; telephone numbers are of the reserved 555-01xx range. */
export interface DemonstrationRecord {
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  postalCode: string;
  sex: 'female' | 'male';
  email: string | null;
  phone: string | null;
  /** Its place in the portal's list of practices. */
  practice: number;
  primaryCareProvider: string;
  deceasedOn?: string;
  isConfidential?: true;
  /** MRN of the record this one was merged into. */
  mergedInto?: string;
  /** MRN of the record of the same human being at another practice. */
  samePersonAs?: string;
}

const gloria = {
  firstName: 'Gloria',
  lastName: 'Menendez',
  dateOfBirth: '1975-05-09',
  postalCode: '04102',
  sex: 'female',
  email: 'gloria.menendez@mail.example',
} as const;
const arthur = {
  firstName: 'Arthur',
  lastName: 'Pell',
  dateOfBirth: '1968-11-30',
  postalCode: '04103',
  sex: 'male',
  email: 'arthur.pell@mail.example',
} as const;
const ines = {
  firstName: 'Ines',
  lastName: 'Castell',
  dateOfBirth: '1983-02-17',
  postalCode: '04106',
  sex: 'female',
  email: 'ines.castell@mail.example',
} as const;

/** 40 records on each portal that has patients of its own. */
export const demonstrationRecords: Record<Exclude<DemonstrationPortal, 'bayside'>, readonly DemonstrationRecord[]> = {
  harborview: harborviewRecords,
  commonwealth: inventPeople({
    prefix: 'CW-300',
    seed: 3,
    postalCodes: ['17101', '17033', '17601', '17055'],
    areaCode: '717',
    providers: ['Dr. Ruth Zimmerman', 'Dr. Alan Kirby', 'Dr. Mei Sandoval'],
  }),
  summit: inventPeople({
    prefix: 'SH-400',
    seed: 11,
    postalCodes: ['80202', '80205', '80401', '80218'],
    areaCode: '303',
    providers: ['Dr. Joel Abbott', 'Dr. Nadia Karim', 'Dr. Peter Hollis'],
  }),
  maplestreet: inventPeople({
    prefix: 'MS-200',
    seed: 19,
    postalCodes: ['04101', '04102', '04103', '04106'],
    areaCode: '207',
    providers: ['Dr. Anne Pelletier', 'Dr. Hugh Marsden', 'Dr. Carla Dube'],
    people: {
      1: {
        firstName: 'Ben',
        lastName: 'Okafor',
        dateOfBirth: '1990-07-14',
        postalCode: '04101',
        sex: 'male',
        email: 'ben.okafor@mail.example',
      },
      // Known at two practices each: Gloria (35, 36), Arthur (37, 38) and Ines (39, 40).
      35: { ...gloria },
      37: { ...arthur },
      39: { ...ines, practice: 0 },
      40: { ...ines, practice: 1, samePersonAs: 'MS-200039' },
    },
  }),
};
