import { describe, expect, it } from '@jest/globals';
import { isWordKey, type Language } from './catalogue.ts';
import { historySentence } from './history-sentence.ts';
import { say } from './say.ts';

type Told = Parameters<typeof historySentence>[0];

const ana: Told['actor'] = { kind: 'member', id: 'm1', name: 'Ana Reviewer' };
const engine: Told['actor'] = { kind: 'engine', id: null, name: null };

function sentence(told: Partial<Told>, language: Language = 'en', me = 'm2', kind?: string): string {
  const { who, rest } = split(told, language, me, kind);
  return who + rest;
}

function split(told: Partial<Told>, language: Language, me: string, kind?: string) {
  const word = (kind: string, code: string) => {
    const key = `${kind}.${code}`;
    return isWordKey(key) ? say(language, key) : code;
  };
  const whole = { action: 'claim', text: 'the server’s own', actor: ana, reason: null, detail: {}, ...told };
  return historySentence(whole, {
    say: (key, values) => say(language, key, values),
    word,
    language,
    timeZone: 'America/New_York',
    me,
    kind,
  });
}

describe('a sentence of the history', () => {
  it('is said in the reader’s language', () => {
    expect(sentence({ action: 'claim' })).toBe('Ana Reviewer claimed the case');
    expect(sentence({ action: 'claim' }, 'es')).toBe('Ana Reviewer tomó el caso');
  });

  it('tells what belongs to it', () => {
    const approved = { action: 'approve', reason: 'override_moved', detail: { mrn: 'HV-1' } };
    expect(sentence(approved)).toBe('Ana Reviewer approved with record HV-1: moved, record not updated yet');
    expect(sentence(approved, 'es')).toBe('Ana Reviewer aprobó con la ficha HV-1: se mudó, ficha sin actualizar');
    expect(sentence({ action: 'approve' }, 'es')).toBe('Ana Reviewer aprobó sin ficha');
    expect(sentence({ action: 'assign', detail: { assigneeName: 'Bo' } }, 'es')).toBe(
      'Ana Reviewer asignó el caso a Bo',
    );
    expect(sentence({ action: 'assign' }, 'es')).toBe('Ana Reviewer asignó el caso a un miembro');
    expect(
      sentence({ action: 'mail_accepted', actor: engine, detail: { template: 'application_received' } }, 'es'),
    ).toBe('El servidor de correo aceptó un correo: Solicitud recibida');
  });

  it('says whether it came online or was keyed in, and what it looked like', () => {
    const detail = { source: 'online', isPossibleDuplicate: true };
    expect(sentence({ action: 'submitted', actor: { ...engine, kind: 'person' }, detail }, 'es')).toBe(
      'Solicitud recibida en línea; marcada como posible duplicado',
    );
    expect(sentence({ action: 'submitted', detail: { source: 'office' } })).toBe(
      'Ana Reviewer keyed in the application',
    );
  });

  it('tells instants in the portal’s time zone, and nothing when there is none', () => {
    const issued = { action: 'code_issued', actor: engine };
    expect(sentence({ ...issued, detail: { until: '1999-12-31T12:00:00Z' } })).toBe(
      'Access code issued, until Fri 31 Dec 1999, 07:00',
    );
    expect(sentence(issued)).toBe('Access code issued');
    expect(sentence({ ...issued, detail: { until: 'soon' } }, 'es')).toBe('Código de acceso emitido');
  });

  it('calls the reader "you", and names nobody where nobody of the staff did it', () => {
    expect(split({ action: 'reject', reason: 'under_age' }, 'es', 'm1')).toEqual({
      who: 'Usted',
      rest: ' rechazó: menor de edad',
    });
    expect(split({ action: 'withdraw', actor: { ...engine, kind: 'person' } }, 'en', 'm1')).toEqual({
      who: '',
      rest: 'The applicant withdrew',
    });
    expect(split({ action: 'suspend', actor: engine, reason: 'deceased' }, 'es', 'm1')).toEqual({
      who: '',
      rest: 'Gatehouse suspendió la cuenta: fallecido',
    });
  });

  it('is said as its kind of case says it, where that has words of its own', () => {
    const ended = { action: 'expireNow' };
    expect(sentence(ended)).toBe('Ana Reviewer ended the code now');
    expect(sentence(ended, 'en', 'm2', 'registration')).toBe('Ana Reviewer ended the link now');
    expect(sentence({ action: 'note' }, 'en', 'm2', 'registration')).toBe('Ana Reviewer wrote a note');
  });

  it('tells why a link was locked, wrong tries when nothing else is named', () => {
    const locked = { action: 'link_locked', actor: engine };
    expect(sentence(locked)).toBe('The link was locked after wrong tries; staff have to look');
    expect(sentence({ ...locked, reason: 'practice_closed' })).toBe(
      'The link was locked: the practice is closed; staff have to look',
    );
  });

  it('is the server’s own where no words are known', () => {
    const told = { action: 'juggled', text: 'Ana Reviewer: juggled' };
    expect(split(told, 'es', 'm2')).toEqual({ who: 'Ana Reviewer', rest: ': juggled' });
    expect(split(told, 'es', 'm1')).toEqual({ who: 'Usted', rest: ': juggled' });
  });
});
