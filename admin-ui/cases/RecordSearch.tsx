import Close from '@mui/icons-material/Close';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { listCaseRecords } from '../../contract/routes/staff/cases.ts';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useSettled } from '../parts/use-settled.ts';
import { dateInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { type Candidate, type Case, onFile } from './case.ts';
import { matchInWords } from './match-in-words.ts';

interface RecordSearchProps {
  of: Case;
  choose: (recordId: string) => void;
  close: () => void;
}

const searchAfterMs = 250;
const shown = 8;
const fewestLetters = 2;

/** Looking for the patient's record by hand, when no candidate fits: each one found says already how well it would. */
export function RecordSearch({ of, choose, close }: RecordSearchProps) {
  const say = useWords();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), searchAfterMs);
  const isAsked = q.length >= fewestLetters;
  const params = { caseId: of.id };
  const { data, error, isFetching } = useCall(
    listCaseRecords,
    { params, query: { q, perPage: shown } },
    { enabled: isAsked, keepsOld: true },
  );
  useEffect(() => input.current?.focus(), []);
  const found = isAsked ? data : undefined;
  const take = (record: Candidate) => {
    // What is known of it stands at once; it is read by its id all the same, which opens it.
    const query = { id: [record.recordId] };
    queries.setQueryData([listCaseRecords.name, params, query], { data: [record], total: 1, totalIsCapped: false });
    choose(record.recordId);
  };
  return (
    <search className="sec record-search" aria-label={say('case.search')}>
      <div className="with-button">
        <input
          ref={input}
          type="search"
          className="in"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          aria-label={say('case.searchFor')}
          placeholder={say('case.searchFor')}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={({ key }) => key === 'Escape' && close()}
        />
        <button type="button" className="btn q sm ic" aria-label={say('case.searchClose')} onClick={close}>
          <Close className="i" />
        </button>
      </div>
      {error && !data && <TroubleNote error={error} />}
      <p className="meta m" role="status" aria-busy={isAsked && isFetching}>
        {found ? <Count of={found} q={q} /> : !isAsked && say('case.searchHow')}
      </p>
      {found && found.data.length > 0 && (
        <ul>
          {found.data.map((record) => (
            <li key={record.recordId}>
              <FoundRecord of={record} take={() => take(record)} />
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}

function Count({ of: { data, total }, q }: { of: { data: readonly unknown[]; total: number }; q: string }) {
  const say = useWords();
  if (total === 0) return say('case.searchNone', { q });
  if (total > data.length) return say('case.searchMore', { smart_count: data.length });
  return say('case.searchFound', { smart_count: total });
}

function FoundRecord({ of, take }: { of: Candidate; take: () => void }) {
  const say = useWords();
  const [language] = useLanguage();
  const born = onFile(of, 'dateOfBirth');
  const differing = of.fields.filter(({ verdict }) => verdict === 'differs').length;
  const facts = [
    of.mrn,
    born && say('case.searchBorn', { on: dateInWords(born, language) }),
    onFile(of, 'postalCode'),
    of.practice,
  ];
  return (
    <button type="button" className="found" onClick={take}>
      <span className="b cut">
        <bdi>
          {of.lastName}, {of.firstName}
        </bdi>
      </span>
      <span className={differing === 0 ? 'meta ok' : 'meta due'}>{matchInWords(of, say)}</span>
      <span className="meta s facts">{facts.filter(Boolean).join(' · ')}</span>
      {of.trouble && (
        <span className="meta late facts">
          {say('case.notBindable')} {say(`recordTrouble.${of.trouble.code}`)}
          {of.trouble.account && ` ${of.trouble.account.username}.`}
          {of.trouble.case && ` ${of.trouble.case.reference}.`}
        </span>
      )}
    </button>
  );
}
