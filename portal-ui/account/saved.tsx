import type { Visit } from '../visit.ts';
import { accountWords } from './words.ts';

/** What was saved, told once on the next look at the account. */
export type Saved = 'notices_on' | 'notices_off' | 'language' | 'email' | 'password';

const prefix = 'saved:';

export function tellSaved(visit: Visit, what: Saved): void {
  visit.kept.notice = prefix + what;
}

/** The notice, taken away with it. */
export function takeSaved(visit: Visit, language: string) {
  const { notice } = visit.kept;
  if (!notice?.startsWith(prefix)) return null;
  delete visit.kept.notice;
  const text = textOf(notice.slice(prefix.length), visit, language);
  return (
    <div className="card good" role="status">
      <p className="state">{accountWords[visit.language].saved}</p>
      {text && <p>{text}</p>}
    </div>
  );
}

function textOf(what: string, visit: Visit, language: string): string | undefined {
  const words = accountWords[visit.language];
  const texts: Record<Saved, string> = {
    notices_on: words.savedNoticesOn,
    notices_off: words.savedNoticesOff,
    language: words.savedLanguage(languageIn(visit.language, language)),
    email: words.savedEmail,
    password: words.savedPassword,
  };
  return Object.hasOwn(texts, what) ? texts[what as Saved] : undefined;
}

/** "Spanish" for `es` on an English page. */
function languageIn(language: string, tag: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;
}
