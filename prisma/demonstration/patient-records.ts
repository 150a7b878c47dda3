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
    first: {
      firstName: 'Ben',
      lastName: 'Okafor',
      dateOfBirth: '1990-07-14',
      postalCode: '04101',
      sex: 'male',
      email: 'ben.okafor@mail.example',
    },
  }),
};
