import type { Story } from './harborview-stories.ts';
import type { PastTimes } from './past-times.ts';
import {
  addsThePractice,
  cannotIdentify,
  identifies,
  isCancelledBy,
  isInvitedBy,
  isResentBy,
  opensTheLink,
  registers,
} from './registration-steps.ts';
import { importSaysDeceased, isNotedBy, relayIsCutOff, relayRefuses, saysNotMe } from './story-steps.ts';

/** Maple Street's last weeks: a registration in every state. Ben Okafor has not been written to yet. */
export function maplestreetStories({ daysAgo, workingDay, minutesAgo }: PastTimes): readonly Story[] {
  return [
    { name: 'Maple 2 was just invited', isFresh: true, events: [[minutesAgo(2), isInvitedBy('clerk', 'MS-200002')]] },

    // The person has the link.
    { name: 'Maple 3 has the mail', events: [[workingDay(2, '09:10'), isInvitedBy('clerk', 'MS-200003')]] },
    {
      name: 'Maple 4 looked and will come back',
      events: [
        [workingDay(4, '10:25'), isInvitedBy('secondClerk', 'MS-200004')],
        [workingDay(3, '20:40'), opensTheLink],
      ],
    },
    { name: 'Maple 7 was reminded', events: [[daysAgo(9, '11:15'), isInvitedBy('clerk', 'MS-200007')]] },
    {
      name: 'Maple 8 identified and stopped at the password',
      events: [
        [workingDay(3, '14:05'), isInvitedBy('reviewer', 'MS-200008')],
        [workingDay(2, '19:30'), identifies],
      ],
    },
    {
      name: 'Maple 9 asked for it at another address',
      events: [
        [
          workingDay(1, '11:20'),
          isInvitedBy('clerk', 'MS-200009', {
            email: 'from.work@office.example',
            reason: 'patient_request',
            note: 'Asked at the desk, with her card.',
          }),
        ],
      ],
    },
    {
      name: 'nobody knows about the mail of Maple 12',
      events: [[workingDay(3, '09:40'), relayIsCutOff, isInvitedBy('clerk', 'MS-200012')]],
    },
    {
      name: 'Maple 13 says it was not for them',
      events: [
        [workingDay(5, '13:30'), isInvitedBy('secondClerk', 'MS-200013')],
        [workingDay(4, '18:10'), saysNotMe],
      ],
    },
    {
      name: 'Maple 14 has died',
      events: [
        [daysAgo(6, '10:10'), isInvitedBy('clerk', 'MS-200014')],
        [daysAgo(4, '02:00'), importSaysDeceased('MS-200014')],
      ],
    },

    // Staff have to look.
    {
      name: 'the address of Maple 15 refuses mail',
      events: [[workingDay(2, '15:00'), relayRefuses, isInvitedBy('clerk', 'MS-200015')]],
    },
    {
      name: 'Maple 16 typed an old ZIP code',
      events: [
        [workingDay(5, '09:15'), isInvitedBy('secondClerk', 'MS-200016')],
        [workingDay(3, '21:05'), cannotIdentify],
      ],
    },

    // Over.
    { name: 'Maple 18 let it run out', events: [[daysAgo(17, '10:30'), isInvitedBy('clerk', 'MS-200018')]] },
    {
      name: 'Maple 19 got a second link',
      events: [
        [daysAgo(23, '09:20'), isInvitedBy('clerk', 'MS-200019')],
        [daysAgo(5, '11:45'), isResentBy('reviewer', 'Called: the mail was in the spam folder.')],
        [daysAgo(5, '19:20'), registers('maple.nineteen')],
      ],
    },
    {
      name: 'Maple 21 was sent by mistake',
      events: [
        [daysAgo(12, '14:30'), isInvitedBy('secondClerk', 'MS-200021')],
        [daysAgo(12, '14:50'), isCancelledBy('reviewer', 'wrong_person', 'Meant the sister.')],
      ],
    },
    {
      name: 'Gloria registered at Maple Street',
      events: [
        [daysAgo(40, '10:00'), isInvitedBy('clerk', 'MS-200035')],
        [daysAgo(39, '18:25'), registers('gloria.m')],
      ],
    },
    {
      name: 'Arthur registered at Maple Street',
      events: [
        [daysAgo(38, '10:05'), isInvitedBy('clerk', 'MS-200037')],
        [daysAgo(36, '08:15'), registers('arthur.pell')],
      ],
    },
    {
      name: 'Ines registered at Maple Street',
      events: [
        [daysAgo(33, '15:05'), isInvitedBy('reviewer', 'MS-200039')],
        [daysAgo(33, '19:50'), registers('ines.castell')],
      ],
    },
    {
      name: 'Ines added Riverside',
      events: [
        [daysAgo(8, '13:10'), isInvitedBy('clerk', 'MS-200040')],
        [daysAgo(7, '20:10'), addsThePractice],
        [daysAgo(6, '09:00'), isNotedBy('clerk', 'Thanked us on the phone: one password less.')],
      ],
    },
  ];
}
