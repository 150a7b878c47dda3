import { renderToStaticMarkup } from 'react-dom/server';
import type { PageReply } from './answer-visit.tsx';
import { Document } from './layout/Document.tsx';
import { cookiesPage } from './refusals/refusal-pages.tsx';
import { refusalWords } from './refusals/words.ts';
import type { Visit } from './visit.ts';

type Assets = { style: string; script: string };

/** The browser gives no cookie back: said in words, instead of doing half of a thing. */
export function cookiesNeeded(visit: Visit, assets: Assets): PageReply {
  const shown = cookiesPage(visit);
  const document = <Document visit={visit} shown={shown} errors={[]} assets={assets} hasForm={false} />;
  return { status: shown.status ?? 403, html: `<!doctype html>${renderToStaticMarkup(document)}` };
}

/** An address of no portal: there is no name, telephone or look to show. */
export function portalNotFound(assets: Assets): PageReply {
  return inBothLanguages(404, assets, ({ notFoundTitle, noPortal }) => [notFoundTitle, noPortal]);
}

/** A form larger than any of ours. */
export function formNotRead(assets: Assets, status: number): PageReply {
  return inBothLanguages(status, assets, (words) =>
    status === 413 ? [words.tooMuchTextTitle, words.tooMuchText] : [words.notReadTitle, words.notRead],
  );
}

/** Something of ours does not work, so that not even the portal is known. */
export function nothingWorks(assets: Assets, status: number, retryAfterSeconds: number): PageReply {
  const reply = inBothLanguages(status, assets, ({ downTitle, down, downWhen }) => [downTitle, `${down} ${downWhen}.`]);
  return { ...reply, retryAfterSeconds };
}

type Words = (typeof refusalWords)['en'];

/** A bare page, for neither the reader's language nor the portal's look is known. */
function inBothLanguages(status: number, { style }: Assets, pick: (words: Words) => [title: string, text: string]) {
  const [title, text] = pick(refusalWords.en);
  const [titleInSpanish, textInSpanish] = pick(refusalWords.es);
  const document = (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={style} />
      </head>
      <body>
        <div className="wrap body">
          <main className="screen">
            <h1>{title}</h1>
            <p>{text}</p>
            <div lang="es">
              <h2>{titleInSpanish}</h2>
              <p>{textInSpanish}</p>
            </div>
          </main>
        </div>
      </body>
    </html>
  );
  return { status, html: `<!doctype html>${renderToStaticMarkup(document)}` };
}
