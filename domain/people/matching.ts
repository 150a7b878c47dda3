import { areNicknames } from './nicknames.ts';
import { emailKey, folded, nameKey, postalKey } from './normalise.ts';

/** What somebody says about themselves, or what a patient record holds; null and undefined: not said. */
export interface Demographics {
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  postalCode?: string | null | undefined;
  email?: string | null | undefined;
  sexAtBirth?: string | null | undefined;
}

export interface RecordDemographics extends Demographics {
  id: string;
}

export const matchFields = ['firstName', 'lastName', 'dateOfBirth', 'postalCode', 'email', 'sexAtBirth'] as const;
export type MatchField = (typeof matchFields)[number];

export interface FieldComparison {
  field: MatchField;
  claimed: string | null;
  onFile: string | null;
  /** `missing`: one side does not say. */
  verdict: 'match' | 'differs' | 'missing';
}

/** Likely reasons for a difference, for the reviewer; none of them makes a match. */
export const matchHints = [
  'nickname',
  'first_name_partly',
  'first_name_typo',
  'last_name_partly',
  'last_name_typo',
  'names_swapped',
  'day_month_swapped',
  'birth_date_one_digit',
  'postal_code_one_digit',
] as const;
export type MatchHint = (typeof matchHints)[number];

export interface RecordMatch {
  recordId: string;
  fields: FieldComparison[];
  /** First name, last name, date of birth and postal code all match. */
  isWholeMatch: boolean;
  /** 0 to 100, for ranking only; it decides nothing. */
  score: number;
  hints: MatchHint[];
}

/** How a claim compares with one record, field by field: names without case, marks and punctuation, ZIP on 5 digits. */
export function compareWithRecord(claimed: Demographics, record: RecordDemographics): RecordMatch {
  const fields = matchFields.map((field) => compareField(field, claimed[field] ?? null, record[field] ?? null));
  const hints = hintsFor(claimed, record);
  return {
    recordId: record.id,
    fields,
    isWholeMatch: decisive.every((field) => fields.some((found) => found.field === field && found.verdict === 'match')),
    score: scoreOf(fields, hints),
    hints,
  };
}

/** The likeliest records first (equal ones by id), those under `minimumScore` left out, at most `limit`. */
export function rankCandidates(
  claimed: Demographics,
  records: readonly RecordDemographics[],
  { limit = 5, minimumScore = 40 }: { limit?: number; minimumScore?: number } = {},
): RecordMatch[] {
  return records
    .map((record) => compareWithRecord(claimed, record))
    .filter(({ score }) => score >= minimumScore)
    .sort((a, b) => b.score - a.score || (a.recordId < b.recordId ? -1 : 1))
    .slice(0, limit);
}

const decisive: readonly MatchField[] = ['firstName', 'lastName', 'dateOfBirth', 'postalCode'];

const weights: Record<MatchField, number> = {
  firstName: 20,
  lastName: 25,
  dateOfBirth: 30,
  postalCode: 15,
  email: 7,
  sexAtBirth: 3,
};

const keys: Record<MatchField, (text: string) => string> = {
  firstName: nameKey,
  lastName: nameKey,
  dateOfBirth: (text) => text.trim(),
  postalCode: postalKey,
  email: emailKey,
  sexAtBirth: (text) => text.trim().toLowerCase(),
};

function compareField(field: MatchField, claimed: string | null, onFile: string | null): FieldComparison {
  const claimedKey = keys[field](claimed ?? '');
  const onFileKey = keys[field](onFile ?? '');
  if (claimedKey === '' || onFileKey === '') return { field, claimed, onFile, verdict: 'missing' };
  return { field, claimed, onFile, verdict: claimedKey === onFileKey ? 'match' : 'differs' };
}

/** A hinted difference counts half. */
function scoreOf(fields: readonly FieldComparison[], hints: readonly MatchHint[]): number {
  const nearFields = new Set(hints.flatMap((hint) => hintedFields[hint]));
  const points = fields.map(({ field, verdict }) => {
    if (verdict === 'match') return weights[field];
    return verdict === 'differs' && nearFields.has(field) ? weights[field] / 2 : 0;
  });
  return Math.round(points.reduce((sum, point) => sum + point, 0));
}

const hintedFields: Record<MatchHint, readonly MatchField[]> = {
  nickname: ['firstName'],
  first_name_partly: ['firstName'],
  first_name_typo: ['firstName'],
  last_name_partly: ['lastName'],
  last_name_typo: ['lastName'],
  names_swapped: ['firstName', 'lastName'],
  day_month_swapped: ['dateOfBirth'],
  birth_date_one_digit: ['dateOfBirth'],
  postal_code_one_digit: ['postalCode'],
};

function hintsFor(claimed: Demographics, record: Demographics): MatchHint[] {
  const hints = new Set<MatchHint>();
  if (areSwapped(claimed, record)) hints.add('names_swapped');
  if (areNicknames(nameKey(claimed.firstName), nameKey(record.firstName))) hints.add('nickname');
  if (isPartly(claimed.firstName, record.firstName)) hints.add('first_name_partly');
  if (isTypo(nameKey(claimed.firstName), nameKey(record.firstName))) hints.add('first_name_typo');
  if (isPartly(claimed.lastName, record.lastName)) hints.add('last_name_partly');
  if (isTypo(nameKey(claimed.lastName), nameKey(record.lastName))) hints.add('last_name_typo');
  if (isDayMonthSwapped(claimed.dateOfBirth, record.dateOfBirth)) hints.add('day_month_swapped');
  else if (isOneDigitOff(claimed.dateOfBirth, record.dateOfBirth)) hints.add('birth_date_one_digit');
  if (isOneDigitOff(postalKey(claimed.postalCode ?? ''), postalKey(record.postalCode ?? ''))) {
    hints.add('postal_code_one_digit');
  }
  return matchHints.filter((hint) => hints.has(hint));
}

function areSwapped(claimed: Demographics, record: Demographics): boolean {
  const first = nameKey(claimed.firstName);
  const last = nameKey(claimed.lastName);
  return first !== last && first === nameKey(record.lastName) && last === nameKey(record.firstName);
}

/** One name is some of the words of the other ("García" and "García López"), or its initial. */
function isPartly(claimed: string, onFile: string): boolean {
  const [fewer, more] = [wordsOf(claimed), wordsOf(onFile)].sort((a, b) => a.length - b.length);
  if (!fewer || !more || fewer.length === 0 || nameKey(claimed) === nameKey(onFile)) return false;
  const isInitial = (word: string, other: string) =>
    (word.length === 1 || other.length === 1) && word.charAt(0) === other.charAt(0);
  return fewer.every((word) => more.some((other) => word === other || isInitial(word, other)));
}

function wordsOf(name: string): string[] {
  return folded(name)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** One slip of the keyboard; two in long names. Names of three letters differ for good reasons (Ann, Ian). */
function isTypo(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (a === b || shorter < 4) return false;
  return slips(a, b) <= (shorter >= 8 ? 2 : 1);
}

/** Letters to insert, drop, change or swap with their neighbour (optimal string alignment). */
function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1));
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(isSwap ? Math.min(cost, at(beforeLast, column - 2) + 1) : cost);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

function isDayMonthSwapped(claimed: string, onFile: string): boolean {
  const [year, month, day] = claimed.split('-');
  return claimed !== onFile && `${year}-${day}-${month}` === onFile;
}

function isOneDigitOff(a: string, b: string): boolean {
  return a.length === b.length && [...a].filter((character, index) => character !== b[index]).length === 1;
}
