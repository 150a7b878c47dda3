import ErrorIcon from '@mui/icons-material/Error';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Problem } from '../../contract/problems.ts';
import { previewCaseAction } from '../../contract/routes/staff/cases.ts';
import type { CaseAction } from '../../contract/schemas/case-actions.ts';
import { MailSheet } from '../parts/MailSheet.tsx';
import { useTell } from '../parts/Trouble.tsx';
import { useSettled } from '../parts/use-settled.ts';
import { call } from '../server/calls.ts';
import { useWords } from '../words/use-words.ts';
import type { Case } from './case.ts';
import type { MoveBody } from './use-move.ts';

interface MailPreviewProps {
  of: Case;
  action: CaseAction;
  body: Omit<MoveBody, 'version'>;
  /** Whether there is enough for a mail; what is not is not asked for. */
  isComplete: boolean;
  /** The action itself is under way: what it would send is being sent. */
  isPending: boolean;
}

const writeAfterMs = 400;

/** The very mail that the action would send, asked from the server; secrets are dots. */
export function MailPreview({ of, action, body, isComplete, isPending }: MailPreviewProps) {
  const say = useWords();
  const { note: _private, ...shown } = body;
  const wanted = isComplete ? JSON.stringify(shown) : '';
  const settled = useSettled(wanted, writeAfterMs);
  const { data, error } = useQuery({
    queryKey: [previewCaseAction.name, { caseId: of.id, action }, of.version, settled],
    queryFn: async () => {
      const params = { caseId: of.id, action };
      return (await call(previewCaseAction, { params, body: JSON.parse(settled) })).body;
    },
    enabled: isComplete && !isPending && settled === wanted,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
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

/** Why there can be no such mail: the move would be refused as it stands. */
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
