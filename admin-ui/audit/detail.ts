import type { Language } from '../words/catalogue.ts';
import { dayInWords } from '../words/dates.ts';
import type { Say } from '../words/use-words.ts';
import type { Entry } from './use-audit.ts';

type CodeWord = (kind: string, code: string) => string;

/** What an entry's detail says, in words; ids of things that the row links to already are left out. */
export function detailInWords(
  { action, detail }: Pick<Entry, 'action' | 'detail'>,
  say: Say,
  word: CodeWord,
  language: Language,
): string {
  const { from, to, reason, template, problem, version, changed, roles, portals, source, flags, codeExpiresAt } =
    detail;
  const states = action.startsWith('campaign_') ? 'campaigns.state' : 'state';
  const parts: (string | undefined)[] = [
    isText(from) && isText(to) && from !== to
      ? say('audit.detail.move', { from: word(states, from), to: word(states, to) })
      : undefined,
    isText(reason) ? say('audit.detail.reason', { reason: word('reason', reason) }) : undefined,
    isText(source) ? word('said', source) : undefined,
    isText(template) ? say('audit.detail.template', { mail: word('mail', template) }) : undefined,
    isText(problem) ? say('audit.detail.problem', { problem }) : undefined,
    typeof version === 'number' ? say('audit.detail.version', { version }) : undefined,
    isTexts(changed) ? say('audit.detail.changed', { what: changed.join(', ') }) : undefined,
    isTexts(roles)
      ? say('audit.detail.roles', { what: roles.map((role) => word('role', role)).join(', ') })
      : undefined,
    isTexts(portals) ? say('audit.detail.portals', { what: portals.join(', ') }) : undefined,
    isTexts(flags)
      ? say('audit.detail.flags', { what: flags.map((flag) => word('flag', flag)).join(', ') })
      : undefined,
    isText(codeExpiresAt)
      ? say('audit.detail.codeExpires', { at: dayInWords(new Date(codeExpiresAt), language) })
      : undefined,
    detail.active === true ? say('audit.detail.active') : undefined,
    detail.active === false ? say('audit.detail.notActive') : undefined,
    typeof detail.failures === 'number' ? say('audit.detail.failures', { smart_count: detail.failures }) : undefined,
    typeof detail.count === 'number' ? say('audit.detail.count', { smart_count: detail.count }) : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}
