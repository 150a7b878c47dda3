import { describe, expect, it } from '@jest/globals';
import { activityInWords, groupedByDay } from './activity.ts';

describe('what happened in an account', () => {
  it('is told in the language of the page', () => {
    expect(activityInWords({ action: 'signed_in', text: 'Signed in', template: null }, 'en')).toBe('You signed in');
    expect(activityInWords({ action: 'signed_in', text: 'Signed in', template: null }, 'es')).toBe(
      'Usted entró en su cuenta',
    );
  });

  it('says which email it was', () => {
    const mail = { action: 'mail_accepted', text: '', template: 'account_activated' };
    expect(activityInWords(mail, 'en')).toBe('We sent you an email: your account is open');
    expect(activityInWords(mail, 'es')).toBe('Le enviamos un correo: su cuenta está abierta');
    expect(activityInWords({ ...mail, template: 'some_new_one' }, 'en')).toBe('We sent you an email');
  });

  it('keeps the sentence of an action that is not known here', () => {
    expect(activityInWords({ action: 'moved', text: 'The account moved', template: null }, 'es')).toBe(
      'The account moved',
    );
    expect(activityInWords({ action: 'constructor', text: 'Something', template: 'constructor' }, 'en')).toBe(
      'Something',
    );
  });

  it('is grouped by day, in order', () => {
    const entries = ['2026-11-21 b', '2026-11-21 a', '2026-11-16 c'];
    expect(groupedByDay(entries, (entry) => entry.slice(0, 10))).toEqual([
      { day: '2026-11-21', entries: ['2026-11-21 b', '2026-11-21 a'] },
      { day: '2026-11-16', entries: ['2026-11-16 c'] },
    ]);
    expect(groupedByDay([], () => '')).toEqual([]);
  });
});
