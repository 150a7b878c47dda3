import { instantInWords } from '../../../../domain/time/words.ts';
import type { HistoryRow } from '../../../../store/timeline.ts';

/** One thing that happened, as the contract tells it: a sentence, and what it was made of. */
export function historyFactsOf(row: HistoryRow) {
  const { action, actorKind, actorId, actorName, reason } = row;
  return {
    action,
    text: sentenceOf(row),
    actor: { kind: actorKind, id: actorId, name: actorName },
    reason,
    detail: detailOf(row),
  };
}

/** What the sentence tells besides who and why; of the audit's detail no more than that. */
function detailOf(row: HistoryRow) {
  return {
    source: row.action === 'submitted' ? textOf(row, 'source') : undefined,
    isPossibleDuplicate: (row.action === 'submitted' && isPossibleDuplicate(row)) || undefined,
    assigneeName: textOf(row, 'assigneeName'),
    mrn: textOf(row, 'mrn'),
    until: textOf(row, 'until') ?? textOf(row, 'codeExpiresAt'),
    template: textOf(row, 'template'),
  };
}

/** A sentence for staff. What nobody wrote a sentence for is told by its name. */
function sentenceOf(row: HistoryRow): string {
  const because = row.reason === null ? '' : `: ${inWords(row.reason)}`;
  return (sentences[row.action] ?? unforeseen)(row, whoOf(row), because);
}

type Sentence = (row: HistoryRow, who: string, because: string) => string;

const unforeseen: Sentence = ({ action }, who, because) => `${who}: ${inWords(action)}${because}`;

function whoOf({ actorKind, actorName }: HistoryRow): string {
  if (actorKind === 'member') return actorName ?? 'A member';
  return actorKind === 'person' ? 'The person' : 'Gatehouse';
}

/** `name_differs_from_record` → `name differs from record`, `requestInformation` → `request information`. */
function inWords(code: string): string {
  return code
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}

const textOf = (row: HistoryRow, name: string): string | undefined => {
  const value = row.detail[name];
  return typeof value === 'string' ? value : undefined;
};

const isPossibleDuplicate = ({ detail: { flags } }: HistoryRow): boolean =>
  Array.isArray(flags) && flags.includes('possible_duplicate');

/** In the portal's time zone, as its pages and mails say it. What is no instant is not told. */
const instantOf = (row: HistoryRow, name: string): string => {
  const at = new Date(textOf(row, name) ?? '');
  return Number.isNaN(at.getTime()) ? '' : ` until ${instantInWords(at, row.timeZone ?? 'UTC', 'en-US')}`;
};

const sentences: Readonly<Record<string, Sentence>> = {
  submitted: (row, who) => {
    const came = row.detail.source === 'office' ? `${who} keyed in the application` : 'Application received online';
    return isPossibleDuplicate(row) ? `${came}; marked as possible duplicate` : came;
  },
  claim: (_row, who) => `${who} claimed the case`,
  release: (_row, who) => `${who} released the case`,
  assign: (row, who) => `${who} assigned the case to ${textOf(row, 'assigneeName') ?? 'a member'}`,
  approve: (row, who, because) => {
    const mrn = textOf(row, 'mrn');
    return `${who} approved${mrn === undefined ? ' without a record' : ` with record ${mrn}`}${because}`;
  },
  reject: (_row, who, because) => `${who} rejected${because}`,
  revoke: (_row, who, because) => `${who} revoked the approval${because}`,
  requestInformation: (_row, who, because) => `${who} asked for information${because}; the clock stands`,
  resume: (_row, who, because) => `${who} resumed${because}`,
  correctAddress: (_row, who) => `${who} corrected the e-mail address`,
  reissue: (_row, who) => `${who} asked for a new code; the old one is dead`,
  extend: (row, who) => `${who} extended the time${instantOf(row, 'until')}`,
  expireNow: (_row, who) => `${who} ended the code now`,
  withdraw: (row, who) =>
    row.actorKind === 'member' ? `${who} withdrew it for the applicant` : 'The applicant withdrew',
  reopen: (_row, who, because) => `${who} reopened the case${because}`,
  note: (_row, who) => `${who} wrote a note`,
  answer: () => 'The applicant answered',
  renew: () => 'The applicant asked for a new code',
  activate: () => 'The applicant opened the account; the code is used',
  account_opened: () => 'Account opened',
  notMe: () => 'Somebody said “this wasn’t me”; staff have to look',
  auto_approved: () => 'Approved by policy: exactly one record matches',
  turned_due: () => 'The target passed, the case is due',
  turned_late: () => 'The promise passed, the case is late; supervisors were told',
  left_unanswered: () => 'No answer came in time; the application was withdrawn',
  code_issued: (row) => `Access code issued, it lives${instantOf(row, 'codeExpiresAt')}`,
  code_sent: () => 'The mail relay took the access code',
  reminded: () => 'A reminder went out',
  code_burned: () => 'The code was burned by wrong tries; staff have to look',
  code_expired: () => 'The code expired unused',
  lapsed: () => 'No new code was asked for in time; the case closed',
  invited: (row, who, because) =>
    textOf(row, 'campaignId')
      ? `${who} sent a registration e-mail, with many others`
      : `${who} sent a registration e-mail${because}`,
  resend: (_row, who) => `${who} sent it anew; the old link is dead`,
  cancel: (_row, who, because) => `${who} cancelled the registration${because}`,
  identify: () => 'The person identified exactly as on file',
  register: () => 'The person registered; the link is used',
  link: () => 'The person added this practice to an account they have; the link is used',
  registration_started: () => 'The person began with the link',
  link_issued: (row) => `Registration link issued, it lives${instantOf(row, 'codeExpiresAt')}`,
  link_sent: () => 'The mail relay took the registration e-mail',
  link_expired: () => 'The link expired unused',
  link_locked: (_row, _who, because) => `The link is locked${because || ' after wrong tries'}; staff have to look`,
  identity_refused: () => 'What was typed to identify did not fit',
  link_refused: () => 'Somebody tried to add a practice and could not show that the account is theirs',
  practice_linked: () => 'A practice was added to the account',
  mail_refused: () => 'A mail was refused; staff have to look',
  mail_unknown: () => 'The outcome of a mail is unknown; staff have to look',
  record_changed: () => 'The bound record changed; staff have to look',
  message_resent: (row, who) => `${who} resent a mail: ${inWords(textOf(row, 'template') ?? '')}`,
  mail_accepted: (row) => `The mail relay took a mail: ${inWords(textOf(row, 'template') ?? '')}`,
  mail_bounced: (row) => `A mail came back: ${inWords(textOf(row, 'template') ?? '')}`,
  mail_struck: (row) => `A mail was not sent, its reason is gone: ${inWords(textOf(row, 'template') ?? '')}`,
  suspend: (_row, who, because) => `${who} suspended the account${because}`,
  restore: (_row, who, because) => `${who} restored the account${because}`,
  unlock: (_row, who, because) => `${who} unlocked the account${because}`,
  close: (_row, who, because) => `${who} closed the account${because}`,
  changeEmail: (_row, who, because) => `${who} changed the e-mail address${because}`,
  restore_requested: (_row, who) =>
    `${who} wants to restore the account without a check; a second person has to confirm`,
  unlock_requested: (_row, who) => `${who} wants to unlock the account without a check; a second person has to confirm`,
  account_locked: () => 'Locked after too many wrong passwords',
  signed_in: () => 'Signed in',
  sign_in_refused: () => 'A sign-in was refused',
  password_changed: () => 'The person changed the password',
  email_changed: () => 'The person changed the e-mail address',
  preferences_changed: () => 'The person changed the preferences',
};
