import type { ReactNode } from 'react';
import { phoneAddress, spokenPhone } from '../../contract/words.ts';
import type { Visit } from '../visit.ts';

/** The telephone as a link, with words of the sentence around it or the number itself. */
export function CallUs({ visit, children }: { visit: Pick<Visit, 'portal'>; children?: ReactNode }) {
  const { phone } = visit.portal.support;
  return <a href={phoneAddress(phone)}>{children ?? spokenPhone(phone)}</a>;
}
