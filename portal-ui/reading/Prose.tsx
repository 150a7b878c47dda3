import { Fragment, type ReactNode } from 'react';
import { CallUs } from '../layout/CallUs.tsx';
import { pageAddress, type Visit } from '../visit.ts';

/**
 * A sentence of our words with what differs from portal to portal: `[words](/path)` leads to a page of the portal, `{phone}`,
 * `{hours}`, `{email}`, `{sender}` and `{portal}` are said as they are there. Everything else is plain text.
 */
export function Prose({ visit, children }: { visit: Visit; children: string }) {
  // Spanish hours may end with a full stop of their own: "5 p. m."
  const sentence = visit.portal.support.hours.endsWith('.') ? children.replaceAll('{hours}.', '{hours}') : children;
  return sentence.split(part).map((text, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence, which never move
    <Fragment key={index}>{piece(visit, text)}</Fragment>
  ));
}

/** One group, so that splitting keeps what it splits at. */
const part = /(\[[^\]]+\]\(\/[\w/-]*\)|\{\w+\})/;

function piece(visit: Visit, text: string): ReactNode {
  const [, words, path] = /^\[([^\]]+)\]\((\/[\w/-]*)\)$/.exec(text) ?? [];
  if (path !== undefined) return <a href={pageAddress(visit, path)}>{words}</a>;
  const { support, sender, name } = visit.portal;
  switch (text) {
    case '{phone}':
      return <CallUs visit={visit} />;
    case '{hours}':
      return support.hours;
    case '{email}':
      return <a href={`mailto:${support.email}`}>{support.email}</a>;
    case '{sender}':
      return <strong>{sender.address}</strong>;
    case '{portal}':
      return name;
    default:
      return text;
  }
}

/** Said only where a lifecycle is open to people (`portal.open`), or only where it is not. */
type Sentence = string | { text: string; where: string } | { text: string; whereNot: string };

/** Paragraphs and lists: a text is a paragraph, a list of texts is a list. */
export type Answer = readonly (string | readonly Sentence[])[];

export function Answered({ visit, answer }: { visit: Visit; answer: Answer }) {
  return answer.map((block) => {
    if (typeof block === 'string') {
      return (
        <p key={block}>
          <Prose visit={visit}>{block}</Prose>
        </p>
      );
    }
    const items = saidHere(visit, block);
    return (
      <ul key={items.join()}>
        {items.map((item) => (
          <li key={item}>
            <Prose visit={visit}>{item}</Prose>
          </li>
        ))}
      </ul>
    );
  });
}

function saidHere({ portal }: Visit, sentences: readonly Sentence[]): string[] {
  return sentences.flatMap((sentence) => {
    if (typeof sentence === 'string') return [sentence];
    const isSaid =
      'where' in sentence ? portal.open.includes(sentence.where) : !portal.open.includes(sentence.whereNot);
    return isSaid ? [sentence.text] : [];
  });
}
