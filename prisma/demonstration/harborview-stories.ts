import type { PastTimes } from './past-times.ts';
import {
  activates,
  answers,
  applies,
  codeIsGuessedAt,
  importSaysDeceased,
  isApprovedBy,
  isAskedBy,
  isAssignedBy,
  isClaimedBy,
  isKeyedIn,
  isNotedBy,
  isReissuedBy,
  isRejectedBy,
  relayIsCutOff,
  relayRefuses,
  renews,
  type Step,
  saysNotMe,
  withdraws,
} from './story-steps.ts';

/** One application from its beginning. `isFresh`: its mails have not gone yet; the engine does its part at first start. */
export interface Story {
  name: string;
  events: readonly (readonly [at: Date, ...steps: Step[]])[];
  isFresh?: true;
}

/** Harborview's last months: a case in every state, with every flag, so that no page is empty. */
export function harborviewStories({ daysAgo, workingDay, minutesAgo }: PastTimes): readonly Story[] {
  return [
    // Submitted: nobody has taken them yet.
    { name: 'Maya just applied', isFresh: true, events: [[minutesAgo(25), applies('HV-100002')]] },
    {
      name: 'Julian waits to be taken',
      events: [
        [
          workingDay(1, '15:20'),
          applies('HV-100003', { city: 'Boston', region: 'MA', addressLine: '41 Worcester St' }),
        ],
      ],
    },
    { name: 'Priya is due', events: [[workingDay(5, '09:40'), applies('HV-100004')]] },
    {
      name: 'Samuel is late',
      events: [
        [
          workingDay(8, '11:05'),
          applies('HV-100005', { message: 'My wife helped me with this form. Please call in the afternoon.' }),
        ],
      ],
    },

    // In review: somebody has them.
    {
      name: 'Nora is being looked at',
      events: [
        [workingDay(2, '10:12'), applies('HV-100006')],
        [workingDay(1, '09:05'), isClaimedBy('clerk')],
      ],
    },
    {
      name: 'Nora applied twice',
      events: [
        [workingDay(1, '16:41'), applies('HV-100006', { message: 'I did not get an answer, so I am trying again.' })],
      ],
    },
    {
      name: 'Oscar lives elsewhere now',
      events: [
        [workingDay(3, '13:30'), applies('HV-100009', { postalCode: '02476', city: 'Arlington', region: 'MA' })],
        [workingDay(2, '11:20'), isClaimedBy('secondClerk')],
        [
          workingDay(1, '10:45'),
          isNotedBy('secondClerk', 'Called the office in Boston: he moved in spring, they will update the record.'),
        ],
      ],
    },
    {
      name: 'Grace answered about her birthday',
      events: [
        [workingDay(5, '08:55'), applies('HV-100010', { dateOfBirth: '1949-03-10' })],
        [workingDay(4, '09:30'), isClaimedBy('reviewer')],
        [
          workingDay(4, '09:42'),
          isAskedBy(
            'reviewer',
            'birth_date_differs',
            ['Which date of birth is on your insurance card?', 'Which of our clinics did you visit last?'],
            'The date on your form is not the one we have. Please check it for us.',
          ),
        ],
        [
          workingDay(1, '12:15'),
          answers('October 3, 1949. I mixed up day and month.', 'Family Medicine in Cambridge, last May.'),
        ],
      ],
    },
    {
      name: 'Victor says it was not him',
      events: [
        [workingDay(4, '19:48'), applies('HV-100011')],
        [workingDay(3, '10:02'), isAssignedBy('supervisor', 'secondReviewer')],
        [workingDay(2, '18:30'), saysNotMe],
      ],
    },

    // Waiting for the person: the clock stands.
    {
      name: 'Hannah was asked for a document',
      events: [
        [workingDay(4, '14:18'), applies('HV-100012')],
        [workingDay(3, '09:12'), isClaimedBy('clerk')],
        [
          workingDay(2, '09:50'),
          isAskedBy('clerk', 'need_document', ['Please tell us how we can reach you to see a photo ID.']),
        ],
      ],
    },
    {
      name: 'Dmitri was reminded',
      events: [
        [workingDay(9, '10:30'), applies('HV-100013', { postalCode: '02122' })],
        [workingDay(9, '11:00'), isClaimedBy('secondReviewer')],
        [
          workingDay(7, '11:15'),
          isAskedBy('secondReviewer', 'address_incomplete', ['What is your full home address?']),
        ],
      ],
    },

    // Approved and code sent.
    {
      name: 'Chloe was approved just now',
      isFresh: true,
      events: [
        [workingDay(2, '17:25'), applies('HV-100025')],
        [minutesAgo(9), isClaimedBy('reviewer')],
        [minutesAgo(3), isApprovedBy('reviewer', 'HV-100025', { message: 'Welcome to Harborview.' })],
      ],
    },
    {
      name: "Amara's address refuses mail",
      events: [
        [workingDay(4, '12:00'), applies('HV-100014', { email: 'amara.eze@mial.example' })],
        [workingDay(3, '13:05'), isClaimedBy('reviewer')],
        [workingDay(2, '13:10'), relayRefuses, isApprovedBy('reviewer', 'HV-100014')],
      ],
    },
    {
      name: 'Thomas has his code',
      events: [
        [workingDay(6, '10:05'), applies('HV-100015')],
        [workingDay(5, '09:15'), isClaimedBy('secondReviewer')],
        [workingDay(4, '09:20'), isApprovedBy('secondReviewer', 'HV-100015')],
      ],
    },
    {
      name: 'Yuki was reminded of her code',
      events: [
        [workingDay(34, '16:05'), applies('HV-100016')],
        [workingDay(33, '10:00'), isClaimedBy('clerk')],
        [workingDay(31, '10:30'), isApprovedBy('thirdReviewer', 'HV-100016')],
      ],
    },
    {
      name: "Isabel's code was guessed at",
      events: [
        [workingDay(15, '11:11'), applies('HV-100017')],
        [workingDay(14, '14:00'), isClaimedBy('reviewer')],
        [workingDay(13, '14:03'), isApprovedBy('reviewer', 'HV-100017')],
        [daysAgo(3, '20:17'), codeIsGuessedAt],
      ],
    },
    {
      name: 'George applied at the office',
      events: [
        [
          workingDay(11, '11:30'),
          isKeyedIn('clerk', 'HV-100018', { addressLine: '7 Byron St', city: 'Boston', region: 'MA' }),
        ],
        [workingDay(10, '09:00'), isClaimedBy('reviewer')],
        [workingDay(9, '09:04'), isApprovedBy('reviewer', 'HV-100018')],
      ],
    },
    {
      name: "nobody knows about Patrick's mail",
      events: [
        [workingDay(7, '09:35'), applies('HV-100026')],
        [workingDay(6, '15:00'), isClaimedBy('thirdReviewer')],
        [workingDay(5, '15:06'), relayIsCutOff, isApprovedBy('thirdReviewer', 'HV-100026')],
      ],
    },
    {
      name: 'Walter has died',
      events: [
        [workingDay(25, '10:50'), applies('HV-100024')],
        [workingDay(24, '11:00'), isClaimedBy('clerk')],
        [workingDay(23, '11:20'), isApprovedBy('secondReviewer', 'HV-100024')],
        [daysAgo(4, '02:00'), importSaysDeceased('HV-100024')],
      ],
    },

    // Expired and closed.
    {
      name: 'Marta let her code run out',
      events: [
        [workingDay(56, '13:40'), applies('HV-100019', { language: 'es' })],
        [workingDay(54, '09:00'), isClaimedBy('secondClerk')],
        [workingDay(54, '09:25'), isApprovedBy('reviewer', 'HV-100019')],
      ],
    },
    {
      name: 'Susan never came',
      events: [
        [workingDay(187, '10:00'), applies('HV-100023')],
        [workingDay(186, '10:15'), isClaimedBy('reviewer')],
        [workingDay(184, '10:20'), isApprovedBy('reviewer', 'HV-100023')],
      ],
    },

    // Activated.
    {
      name: 'Ethan opened his account',
      events: [
        [workingDay(29, '12:30'), applies('HV-100007')],
        [workingDay(27, '09:00'), isClaimedBy('clerk')],
        [workingDay(26, '09:10'), isApprovedBy('reviewer', 'HV-100007')],
        [workingDay(26, '19:05'), activates('ethan.brooks')],
      ],
    },
    { name: 'Ethan applied again', events: [[workingDay(3, '21:14'), applies('HV-100007')]] },
    {
      name: 'Leila came back after her code ran out',
      events: [
        [workingDay(79, '09:00'), applies('HV-100008')],
        [workingDay(77, '10:00'), isClaimedBy('secondReviewer')],
        [workingDay(76, '10:10'), isApprovedBy('secondReviewer', 'HV-100008')],
        [workingDay(18, '18:40'), renews],
        [workingDay(17, '07:55'), activates('leila.h')],
      ],
    },
    {
      name: 'Olivia got a second code',
      events: [
        [workingDay(44, '15:15'), applies('HV-100037', { lastName: 'Marsh-Keller' })],
        [workingDay(43, '11:00'), isClaimedBy('thirdReviewer')],
        [workingDay(41, '11:30'), isApprovedBy('thirdReviewer', 'HV-100037', { reason: 'override_name_changed' })],
        [workingDay(21, '10:10'), isReissuedBy('clerk', 'She deleted the mail. Asked by phone.')],
        [workingDay(19, '12:20'), activates('omarsh')],
      ],
    },

    // Ended without an account.
    {
      name: 'Felix is not a patient',
      events: [
        [
          workingDay(10, '09:20'),
          applies({
            firstName: 'Felix',
            lastName: 'Amundsen',
            dateOfBirth: '1982-01-31',
            email: 'felix.amundsen@mail.example',
            postalCode: '03801',
          }),
        ],
        [workingDay(9, '13:00'), isClaimedBy('secondClerk')],
        [workingDay(8, '13:30'), isRejectedBy('reviewer', 'not_a_patient')],
      ],
    },
    {
      name: 'Irene could not be identified',
      events: [
        [workingDay(14, '10:20'), applies('HV-100020', { dateOfBirth: '1969-09-03', postalCode: '02120' })],
        [workingDay(13, '10:00'), isClaimedBy('thirdReviewer')],
        [
          workingDay(11, '10:40'),
          isRejectedBy(
            'thirdReviewer',
            'identity_not_confirmed',
            'Could not be reached at the number on file, three tries.',
          ),
        ],
      ],
    },
    {
      name: 'Linda changed her mind',
      events: [
        [workingDay(19, '14:00'), applies('HV-100021')],
        [workingDay(18, '09:45'), isClaimedBy('clerk')],
        [workingDay(18, '20:30'), withdraws],
      ],
    },
    {
      name: 'Robert never answered',
      events: [
        [workingDay(37, '10:00'), applies('HV-100022', { firstName: 'Bob' })],
        [workingDay(36, '10:30'), isClaimedBy('reviewer')],
        [
          workingDay(35, '10:45'),
          isAskedBy('reviewer', 'name_differs_from_record', ['Which first name is on your ID?']),
        ],
      ],
    },
  ];
}
