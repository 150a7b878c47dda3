import type { TimelineEntry } from '../cases/case.ts';
import { isWordKey, keyOfKind, type Language, type WordKey } from './catalogue.ts';
import { instantInWords } from './dates.ts';
import type { Say } from './use-words.ts';

type Told = Pick<TimelineEntry, 'action' | 'text' | 'actor' | 'reason' | 'detail'>;

export interface HistoryWords {
  say: Say;
  /** The word of a code: `reason` and `not_a_patient`. */
  word: (kind: string, code: string) => string;
  language: Language;
  /** Instants are told in it. */
  timeZone: string | undefined;
  /** The kind of case it happened to; undefined: to something else. */
  kind?: string | undefined;
  /** The member who reads: they are told as "you". */
  me: string;
}

/**
 * One thing that happened as a sentence in the reader's language; `who` is what it begins with when a member did it. What no
 * words are known for here is told by the server's own sentence.
 */
export function historySentence(told: Told, words: HistoryWords): { who: string; rest: string } {
  const who = whoOf(told, words);
  const text = sentence(told, who, words) ?? withWho(told, who);
  const isNamed = told.actor.kind === 'member' && text.startsWith(who);
  return isNamed ? { who, rest: text.slice(who.length) } : { who: '', rest: text };
}

function sentence(told: Told, who: string, words: HistoryWords): string | undefined {
  const { say } = words;
  const { assigneeName, mrn, isPossibleDuplicate } = told.detail;
  const key = keyOf(told, words.kind);
  if (key === undefined) return undefined;
  const text = say(key, {
    who,
    mrn,
    assignee: assigneeName ?? say('history.who.member').toLowerCase(),
    because: because(told, words),
    until: until(told, words),
    mail: mail(told, words),
  });
  return isPossibleDuplicate ? say('history.duplicate', { sentence: text }) : text;
}

/** The sentence's key; undefined when there is none for it. */
function keyOf({ action, actor, reason, detail }: Told, kind: string | undefined): WordKey | undefined {
  const variants: Readonly<Record<string, WordKey>> = {
    submitted: detail.source === 'office' ? 'history.submitted.office' : 'history.submitted.online',
    approve: detail.mrn === undefined ? 'history.approve.noRecord' : 'history.approve.record',
    link_locked: reason === null ? 'history.link_locked.tries' : 'history.link_locked',
    withdraw: actor.kind === 'member' ? 'history.withdraw.forThem' : 'history.withdraw',
  };
  const key = keyOfKind(variants[action] ?? `history.${action}`, kind);
  return isWordKey(key) ? key : undefined;
}

function whoOf({ actor }: Told, { say, me }: HistoryWords): string {
  if (actor.id === me) return say('said.you');
  return actor.name ?? say(`history.who.${actor.kind}`);
}

function withWho({ text, actor }: Told, who: string): string {
  return actor.name !== null && text.startsWith(actor.name) ? who + text.slice(actor.name.length) : text;
}

const accountActions: readonly string[] = ['suspend', 'restore', 'unlock', 'close', 'changeEmail'];

function because({ action, reason }: Told, { say, word }: HistoryWords): string {
  if (reason === null) return '';
  const words = word(accountActions.includes(action) ? 'accountReason' : 'reason', reason);
  return say('history.because', { reason: words.charAt(0).toLowerCase() + words.slice(1) });
}

function until({ detail }: Told, { say, language, timeZone }: HistoryWords): string {
  const at = new Date(detail.until ?? '');
  if (Number.isNaN(at.getTime())) return '';
  return say('history.until', { at: instantInWords(at, language, timeZone) });
}

function mail({ detail: { template } }: Told, { say, word }: HistoryWords): string {
  return template === undefined ? '' : say('history.about', { mail: word('mail', template) });
}
