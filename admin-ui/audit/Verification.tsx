import ErrorIcon from '@mui/icons-material/Error';
import VerifiedOutlined from '@mui/icons-material/VerifiedOutlined';
import { useQuery } from '@tanstack/react-query';
import { verifyAudit } from '../../contract/routes/staff/audit.ts';
import { currentTime } from '../parts/clock.ts';
import { TroubleNote } from '../parts/Trouble.tsx';
import { Ago } from '../parts/time.tsx';
import { call } from '../server/calls.ts';
import { useWords } from '../words/use-words.ts';

const findingsShown = 20;

/** Walks the chain when asked, and says the result in words. It may take a while, so it is never started by itself. */
export function Verification() {
  const say = useWords();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [verifyAudit.name],
    queryFn: async () => ({ ...(await call(verifyAudit)).body, at: currentTime().toISOString() }),
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <div className="sec">
      <h2>{say('audit.verify.title')}</h2>
      <p className="s">{say('audit.verify.why')}</p>
      <div className="row acts">
        <button type="button" className="btn" aria-disabled={isFetching} onClick={() => !isFetching && void refetch()}>
          <VerifiedOutlined className="i" />
          {say(data ? 'audit.verify.again' : 'audit.verify.do')}
        </button>
      </div>
      <div className="acts stack" role="status" aria-busy={isFetching}>
        {isFetching && <p className="m">{say('audit.verify.running')}</p>}
        {!isFetching && error && <TroubleNote error={error} />}
        {!isFetching && !error && data && (data.ok ? <Whole data={data} /> : <Broken data={data} />)}
      </div>
    </div>
  );
}

interface Result {
  checked: number;
  sealedTo: number;
  at: string;
  problems: readonly {
    auditId: string | null;
    no: number | null;
    kind: 'altered' | 'missing' | 'unsealed' | 'order';
  }[];
}

function Whole({ data: { checked, sealedTo, at } }: { data: Result }) {
  const say = useWords();
  const waiting = checked - sealedTo;
  return (
    <>
      <div className="note fine">
        <VerifiedOutlined className="i" />
        <div>
          <b>{say('audit.verify.ok')}</b>
          <br />
          {say('audit.verify.okWhy', { checked, sealedTo })}
          {waiting > 0 && ` ${say('audit.verify.tail', { smart_count: waiting })}`}
        </div>
      </div>
      <p className="meta m">
        {say('audit.verify.at')} <Ago at={at} />
      </p>
    </>
  );
}

function Broken({ data: { checked, problems, at } }: { data: Result }) {
  const say = useWords();
  const shown = problems.slice(0, findingsShown);
  return (
    <>
      <div className="note late">
        <ErrorIcon className="i" />
        <div>
          <b>{say('audit.verify.broken', { smart_count: problems.length })}</b>
          <br />
          {say('audit.verify.brokenWhy', { checked })}
        </div>
      </div>
      <ul className="findings">
        {shown.map(({ auditId, no, kind }) => (
          <li key={`${kind} ${auditId} ${no}`}>
            {say(`audit.verify.${kind}`, { no: no ?? '?' })}
            {auditId && <span className="m meta ref"> {auditId}</span>}
          </li>
        ))}
      </ul>
      {problems.length > shown.length && (
        <p className="meta m">{say('audit.verify.moreFindings', { smart_count: problems.length - shown.length })}</p>
      )}
      <p className="meta m">
        {say('audit.verify.at')} <Ago at={at} />
      </p>
    </>
  );
}
