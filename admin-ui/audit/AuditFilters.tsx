import Close from '@mui/icons-material/Close';
import { type FormEvent, useState } from 'react';
import { listCases } from '../../contract/routes/staff/cases.ts';
import { listMembers } from '../../contract/routes/staff/members.ts';
import { notice } from '../parts/notices.tsx';
import { useTell } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay } from '../parts/use-me.ts';
import { call } from '../server/calls.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import type { Filter, useAuditFilter } from './use-audit.ts';
import { en, es } from './words.ts';

const prefix = 'audited.';

interface AuditFiltersProps {
  filter: Filter;
  change: ReturnType<typeof useAuditFilter>['change'];
}

/** What, who and which case; each narrows the feed at once. */
export function AuditFilters({ filter, change }: AuditFiltersProps) {
  const say = useWords();
  const [language] = useLanguage();
  const members = useCall(listMembers, { query: { perPage: 100 } }, { enabled: useMay()('member.read') });
  const words = Object.entries(language === 'es' ? es : en)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, word]) => ({ code: key.slice(prefix.length), word }))
    .sort((a, b) => a.word.localeCompare(b.word, language));
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <>
      <label className="choose">
        <span className="m">{say('audit.filterWhat')}</span>
        <select value={filter.action ?? ''} onChange={({ target }) => change({ action: target.value || undefined })}>
          <option value="">{say('audit.anything')}</option>
          {words.map(({ code, word }) => (
            <option key={code} value={code}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <label className="choose">
        <span className="m">{say('audit.filterWho')}</span>
        <select value={filter.actor ?? ''} onChange={({ target }) => change({ actor: target.value || undefined })}>
          <option value="">{say('audit.anybody')}</option>
          {members.data?.data.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {filter.caseId === undefined && filter.accountId === undefined && <OneCase change={change} />}
      {filter.caseId !== undefined && (
        <button type="button" className="btn sm on" onClick={() => change({ caseId: undefined })}>
          {say('audit.ofCase')}
          <Close className="i" />
        </button>
      )}
      {filter.accountId !== undefined && (
        <button type="button" className="btn sm on" onClick={() => change({ accountId: undefined })}>
          {say('audit.ofAccount')}
          <Close className="i" />
        </button>
      )}
      {isFiltered && (
        <button
          type="button"
          className="btn q sm"
          onClick={() => change({ action: undefined, actor: undefined, caseId: undefined, accountId: undefined })}
        >
          {say('audit.clear')}
        </button>
      )}
    </>
  );
}

/** A reference is what people have in hand; the audit knows ids. */
function OneCase({ change }: Pick<AuditFiltersProps, 'change'>) {
  const say = useWords();
  const tell = useTell();
  const mayFind = useMay()('case.read');
  const [reference, setReference] = useState('');
  if (!mayFind) return null;
  const find = async (event: FormEvent) => {
    event.preventDefault();
    const asked = reference.trim().toUpperCase();
    if (asked === '') return;
    try {
      const found = (await call(listCases, { query: { q: asked, perPage: 5 } })).body.data;
      const one = found.find((each) => each.reference.toUpperCase() === asked);
      if (one) {
        setReference('');
        change({ caseId: one.id });
      } else notice({ text: say('audit.referenceNone', { reference: asked }), isFailure: true });
    } catch (error) {
      const { what, next } = tell(error);
      notice({ text: `${what} ${next}`, isFailure: true });
    }
  };
  return (
    <form onSubmit={find}>
      <input
        className="in sm ref"
        type="search"
        value={reference}
        maxLength={40}
        aria-label={say('audit.reference')}
        placeholder={say('audit.reference')}
        onChange={({ target }) => setReference(target.value)}
      />
    </form>
  );
}
