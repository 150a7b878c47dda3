import { languageOf } from '../../contract/words.ts';
import type { Visit } from '../visit.ts';
import { readingWords } from './words.ts';

/** The terms as the policy has them, whole, in the page; said so where they are not in the reader's language. */
export function TermsText({ visit }: { visit: Visit }) {
  const words = readingWords[visit.language];
  const { terms, locale } = visit.portal;
  const written = languageOf(locale);
  const isOther = written !== visit.language;
  const paragraphs = terms.text.split(/\n\s*\n/).filter((text) => text.trim() !== '');
  return (
    <>
      <p>{words.termsVersion(terms.version)}</p>
      {isOther && <p>{words.termsOnlyIn}</p>}
      <div lang={isOther ? written : undefined}>
        {paragraphs.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    </>
  );
}
