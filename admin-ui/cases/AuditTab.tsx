import { useState } from 'react';
import { listAudit } from '../../contract/routes/staff/audit.ts';
import { TroublePlace } from '../parts/Trouble.tsx';
import { Instant } from '../parts/time.tsx';
import { useCall } from '../parts/use-call.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import type { Case } from './case.ts';

/** Who did and saw what, as the audit has it; newest first. */
export function AuditTab({ of }: { of: Case }) {
  const say = useWords();
  const word = useCodeWord();
  const [before, setBefore] = useState<string | undefined>(undefined);
  const query = { caseId: of.id, perPage: 50, ...(before && { before }) };
  const { data, error, refetch } = useCall(listAudit, { query });
  if (error && !data) return <TroublePlace error={error} retry={() => void refetch()} />;
  if (!data) return <div className="sec" aria-busy="true" />;
  const { next } = data;
  return (
    <div className="sec stack">
      <table className="grid audit">
        <tbody>
          {data.data.map(({ id, at, actor, action }) => (
            <tr key={id}>
              <td>
                <Instant at={at} portal={of.portal} />
              </td>
              <td className="b">{actor.name ?? word('actor', actor.kind)}</td>
              <td>{word('move', action)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {next && (
        <button type="button" className="btn sm" onClick={() => setBefore(next)}>
          {say('case.auditMore')}
        </button>
      )}
    </div>
  );
}
