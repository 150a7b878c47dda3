import Close from '@mui/icons-material/Close';
import ErrorIcon from '@mui/icons-material/Error';
import { useId, useRef, useState } from 'react';
import type { WireResult } from '../../contract/route.ts';
import { assignCases } from '../../contract/routes/staff/cases.ts';
import { listMembers } from '../../contract/routes/staff/members.ts';
import type { CaseRow } from '../cases/case.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { notice } from '../parts/notices.tsx';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { call } from '../server/calls.ts';
import { useCodeWord, useServerWords, useWords } from '../words/use-words.ts';
import type { Checked } from './use-checked.ts';

type Result = WireResult<typeof assignCases>['results'][number];

interface BulkBarProps {
  checked: Checked;
  /** After some were assigned: the rows are asked for anew. */
  done: () => void;
}

/** What is done with all ticked rows at once. Those that were refused stay ticked, each with its reason. */
export function BulkBar({ checked, done }: BulkBarProps) {
  const say = useWords();
  const word = useCodeWord();
  const inOwnWords = useServerWords();
  const isLost = useIsLost();
  const field = useId();
  const members = useAssignees();
  const [assignee, setAssignee] = useState('');
  const [refused, setRefused] = useState<readonly { row: CaseRow; problem: NonNullable<Result['problem']> }[]>([]);
  const { assign, isSending, error } = useAssign();
  const { rows } = checked;

  const submit = async () => {
    const name = members.find(({ id }) => id === assignee)?.name;
    if (name === undefined || isLost) return;
    const answer = await assign(assignee, rows);
    if (!answer) return;
    const why = new Map(answer.results.flatMap(({ id, problem }) => (problem ? [[id, problem]] : [])));
    setRefused(
      rows.flatMap((row) => {
        const problem = why.get(row.id);
        return problem ? [{ row, problem }] : [];
      }),
    );
    checked.keep([...why.keys()]);
    if (answer.assigned > 0) notice({ text: say('queue.bulk.assigned', { smart_count: answer.assigned, name }) });
    done();
  };
  if (rows.length === 0 && refused.length === 0) return null;
  return (
    <section className="bulk" aria-label={say('queue.bulk.title')}>
      {error !== undefined && <TroubleNote error={error} />}
      {refused.length > 0 && (
        <div className="note late" role="alert">
          <ErrorIcon className="i" />
          <div className="grow">
            <b>{say('queue.bulk.refused', { smart_count: refused.length })}</b>
            <ul>
              {refused.map(({ row, problem }) => (
                <li key={row.id}>
                  <span className="ref">{row.reference}</span> {inOwnWords(problem.detail)}
                  {problem.current && ` ${say('queue.bulk.now', { state: word('state', problem.current.state) })}`}
                </li>
              ))}
            </ul>
          </div>
          <button type="button" className="btn q sm ic" aria-label={say('do.close')} onClick={() => setRefused([])}>
            <Close className="i" />
          </button>
        </div>
      )}
      {rows.length > 0 && (
        <div className="row">
          <b role="status">{say('queue.bulk.count', { smart_count: rows.length })}</b>
          <label className="sr" htmlFor={field}>
            {say('queue.bulk.to')}
          </label>
          <select id={field} className="in" value={assignee} onChange={({ target }) => setAssignee(target.value)}>
            <option value="">{say('queue.bulk.to')}</option>
            {members.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="btn"
            disabled={assignee === '' || isLost}
            title={assignee === '' ? say('queue.bulk.chooseFirst') : undefined}
            aria-disabled={isSending}
            onClick={() => void submit()}
          >
            {say('queue.bulk.assign')}
          </button>
          <button type="button" className="btn q" onClick={() => checked.keep([])}>
            {say('queue.bulk.clear')}
          </button>
        </div>
      )}
    </section>
  );
}

const working: readonly string[] = ['clerk', 'reviewer', 'supervisor'];

/** A hint for the list; the server decides who can have a case. */
function useAssignees() {
  const { data } = useCall(listMembers, { query: { perPage: 100 } });
  return data?.data.filter(({ active, roles }) => active && roles.some((role) => working.includes(role))) ?? [];
}

/** One key per try: the same cases to the same member twice are assigned once. */
function useAssign() {
  const tried = useRef<{ of: string; key: string } | undefined>(undefined);
  const isBusy = useRef(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const assign = async (assignee: string, rows: readonly CaseRow[]) => {
    if (isBusy.current) return undefined;
    const body = { assignee, cases: rows.map(({ id, version }) => ({ id, version })) };
    const of = JSON.stringify(body);
    if (tried.current?.of !== of) tried.current = { of, key: crypto.randomUUID() };
    isBusy.current = true;
    setSending(true);
    setError(undefined);
    try {
      const { body: answer } = await call(assignCases, { body, idempotencyKey: tried.current.key });
      tried.current = undefined;
      return answer;
    } catch (failure) {
      setError(failure);
      return undefined;
    } finally {
      isBusy.current = false;
      setSending(false);
    }
  };
  return { assign, isSending, error };
}
