import { pageAddress, type Visit } from '../visit.ts';
import { activateWords } from './words.ts';

/** Below a refused access code: the three usual causes. */
export function WhatToCheck({ visit }: { visit: Visit }) {
  const words = activateWords[visit.language];
  return (
    <>
      <h2>{words.whatToCheck}</h2>
      <ul>
        <li>
          <strong>{words.checkLetters}</strong> {words.checkLettersText}
        </li>
        <li>
          <strong>{words.checkAge}</strong> <a href={pageAddress(visit, '/status')}>{words.checkAgeLink}</a>
          {words.checkAgeText}
        </li>
        <li>
          <strong>{words.checkUsed}</strong> {words.checkUsedText}{' '}
          <a href={pageAddress(visit, '/sign-in')}>{words.signInInside}</a>.
        </li>
      </ul>
    </>
  );
}
