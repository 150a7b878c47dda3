import ErrorIcon from '@mui/icons-material/Error';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Problem } from '../../contract/problems.ts';
import type { MailPreview } from '../../contract/schemas/message.ts';
import { useWords } from '../words/use-words.ts';
import { MailSheet } from './MailSheet.tsx';
import { useTell } from './Trouble.tsx';
import { useSettled } from './use-settled.ts';

interface Wanted<Body> {
  /** What the mail is of, besides the body. */
  of: readonly unknown[];
  body: Body;
  read: (body: Body) => Promise<MailPreview>;
  /** Whether there is enough for a mail; what is not is not asked for. */
  isComplete: boolean;
  /** The action itself is under way: what it would send is being sent. */
  isPending: boolean;
}

const writeAfterMs = 400;

/** The very mail that an action would send, asked from the server as the form is filled; secrets are dots. */
export function useMailPreview<Body>({ of, body, read, isComplete, isPending }: Wanted<Body>) {
  const wanted = isComplete ? JSON.stringify(body) : '';
  const settled = useSettled(wanted, writeAfterMs);
  return useQuery({
    queryKey: [...of, settled],
    queryFn: () => read(JSON.parse(settled) as Body),
    enabled: isComplete && !isPending && settled === wanted,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

interface MailWrittenProps {
  of: Pick<UseQueryResult<MailPreview>, 'data' | 'error'>;
  isComplete: boolean;
}

/** That mail as it will be read; or why there is none. */
export function MailWritten({ of: { data, error }, isComplete }: MailWrittenProps) {
  const say = useWords();
  if (!isComplete) return <p className="meta m">{say('case.mailWaits')}</p>;
  if (error) return <Refused error={error} />;
  if (!data) return <p className="meta m">{say('case.mailLoading')}</p>;
  if (data.html === null) return <p className="meta m">{say('case.mailNone')}</p>;
  return (
    <div>
      <h3 className="mail-title">{say('case.mail')}</h3>
      <MailSheet to={data.to} subject={data.subject} html={data.html} />
      {data.also.map(({ to, subject, html, template }) => (
        <MailSheet key={template} to={to} subject={subject} html={html} />
      ))}
    </div>
  );
}

/** Why there can be no such mail: the action would be refused as it stands. */
function Refused({ error }: { error: unknown }) {
  const tell = useTell();
  const fields = error instanceof Problem ? Object.values(error.errors ?? {}) : [];
  const { what, next } = tell(error);
  return (
    <div className="note due" role="status">
      <ErrorIcon className="i" />
      <span>{fields.length > 0 ? fields.join(' ') : `${what} ${next}`}</span>
    </div>
  );
}
