import { describe, expect, it } from '@jest/globals';
import { catalogues, keyOfKind } from './catalogue.ts';
import { say } from './say.ts';

const { en, es } = catalogues;
const entries = Object.entries(en) as [keyof typeof en, string][];

const valuesOf = (text: string) => [...new Set(text.match(/%\{\w+\}/g) ?? [])].sort();

describe('the catalogues', () => {
  it('say everything in both languages', () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
    const empty = entries.flatMap(([key]) => (en[key].trim() && es[key].trim() ? [] : [key]));
    expect(empty).toEqual([]);
  });

  it('fill in the same values in both', () => {
    const wrong = entries.flatMap(([key]) => {
      return valuesOf(es[key]).join() === valuesOf(en[key]).join() ? [] : [key];
    });
    expect(wrong).toEqual([]);
  });

  it('have two forms where they count', () => {
    const wrong = entries.flatMap(([key]) =>
      [en[key], es[key]].every((text) => text.split(' |||| ').length <= 2) ? [] : [key],
    );
    expect(wrong).toEqual([]);
  });
});

describe('a kind of case', () => {
  it('has its own words where it has some, else everybody’s', () => {
    expect(keyOfKind('state.expired', 'registration')).toBe('state.expired.registration');
    expect(keyOfKind('state.expired', 'application')).toBe('state.expired');
    expect(keyOfKind('state.expired', undefined)).toBe('state.expired');
    expect(keyOfKind('state.unheard', 'registration')).toBe('state.unheard');
  });
});

describe('a text', () => {
  it('has its values filled in', () => {
    expect(say('en', 'time.ago', { span: '3 min' })).toBe('3 min ago');
    expect(say('es', 'time.ago', { span: '3 min' })).toBe('hace 3 min');
  });

  it('shows what was forgotten instead of hiding it', () => {
    expect(say('en', 'time.ago')).toBe('%{span} ago');
  });

  it('takes values as they are', () => {
    expect(say('en', 'case.title', { reference: '$& %{reference}' })).toBe('Case $& %{reference}');
  });

  it('has a form for one and a form for all else', () => {
    const fields = (count: number) => say('en', 'trouble.fields', { smart_count: count });
    expect([fields(0), fields(1), fields(2)]).toEqual([
      'Not sent: 0 fields need you.',
      'Not sent: 1 field needs you.',
      'Not sent: 2 fields need you.',
    ]);
  });
});
