import { describe, expect, it } from '@jest/globals';
import { likelyDomain } from './likely-domain.ts';

describe('the domain that was probably meant', () => {
  it.each([
    ['ada@gmial.com', 'gmail.com'],
    ['ada@GMAI.com', 'gmail.com'],
    ['ada@gmail.con', 'gmail.com'],
    ['ada@gmail.co', 'gmail.com'],
    ['ada@gmailcom.com', undefined],
    ['ada@yaho.com', 'yahoo.com'],
    ['ada@hotnail.com', 'hotmail.com'],
    ['ada@outlok.com', 'outlook.com'],
    ['ada@iclould.com', 'icloud.com'],
    ['ada@comcast.com', undefined],
  ])('%s: %s', (email, domain) => expect(likelyDomain(email)).toBe(domain));

  it.each(['gmail.com', 'Yahoo.com', 'mail.com', 'ymail.com', 'yahoo.ca', 'hotmail.es', 'mail.example', 'aol.com', ''])(
    'nobody is asked about %s',
    (domain) => expect(likelyDomain(`ada@${domain}`)).toBeUndefined(),
  );
});
