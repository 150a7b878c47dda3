import type { Language } from '../domain/language.ts';
import type { Block } from './blocks.ts';
import type { Surroundings } from './surroundings.ts';
import type { MailData, MailTemplate } from './template-data.ts';

/** The words of one template in one language, below the greeting and above the foot. */
export interface Wording<T extends MailTemplate> {
  heading: string;
  body(data: MailData[T], here: Surroundings): Block[];
}

/** One template: complete in every language we write. */
export type Template<T extends MailTemplate> = Record<Language, Wording<T>>;
