import type { DemonstrationPortal } from './policies/index.ts';

/** A clinic or office; `opens` is what its enrollment opens. */
export interface DemonstrationPractice {
  name: string;
  faxes: readonly { number: string; isConfirmed: boolean }[];
  isPartner?: boolean;
  opens?: { messages: boolean; record: 'some' | 'all' };
}

const confirmed = (number: string) => ({ number, isConfirmed: true });
const unconfirmed = (number: string) => ({ number, isConfirmed: false });

/** The practices of each portal; patient records name theirs by its place in the list. */
export const demonstrationPractices: Record<DemonstrationPortal, readonly DemonstrationPractice[]> = {
  harborview: [
    { name: 'Harborview Family Medicine, Cambridge', faxes: [confirmed('+16175550121')] },
    { name: 'Harborview Internal Medicine, Boston', faxes: [confirmed('+16175550122'), unconfirmed('+16175550123')] },
    { name: 'Harborview Pediatrics, Brookline', faxes: [confirmed('+16175550124')] },
  ],
  bayside: [
    { name: 'Quincy Cardiology Associates', faxes: [confirmed('+16175550171')], isPartner: true },
    { name: 'North Shore Orthopedics', faxes: [confirmed('+19785550172')] },
    { name: 'Dorchester Community Health', faxes: [unconfirmed('+16175550173')] },
  ],
  commonwealth: [
    { name: 'Lancaster Family Health', faxes: [confirmed('+17175550131')], isPartner: true },
    {
      name: 'Susquehanna Women’s Health',
      faxes: [confirmed('+17175550132')],
      opens: { messages: true, record: 'some' },
    },
    { name: 'Hershey Eye Care', faxes: [unconfirmed('+17175550134')], opens: { messages: false, record: 'some' } },
  ],
  summit: [
    { name: 'Summit Primary Care, Denver', faxes: [confirmed('+13035550151')] },
    { name: 'Summit Behavioral Health', faxes: [confirmed('+13035550152')], opens: { messages: true, record: 'some' } },
    { name: 'Summit Mountain Clinic, Golden', faxes: [confirmed('+13035550153')] },
  ],
  maplestreet: [
    { name: 'Maple Street Family Practice', faxes: [confirmed('+12075550141')] },
    { name: 'Riverside Family Practice', faxes: [confirmed('+12075550142')], isPartner: true },
    { name: 'Back Cove Pediatrics', faxes: [confirmed('+12075550143')], isPartner: true },
  ],
};
