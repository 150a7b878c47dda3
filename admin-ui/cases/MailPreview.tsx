import { previewCaseAction } from '../../contract/routes/staff/cases.ts';
import type { CaseAction } from '../../contract/schemas/case-actions.ts';
import { MailWritten, useMailPreview } from '../parts/MailWritten.tsx';
import { call } from '../server/calls.ts';
import type { Case } from './case.ts';
import type { MoveBody } from './use-move.ts';

interface MailPreviewProps {
  of: Case;
  action: CaseAction;
  body: Omit<MoveBody, 'version'>;
  isComplete: boolean;
  isPending: boolean;
}

/** The very mail that the action would send. */
export function MailPreview({ of, action, body, isComplete, isPending }: MailPreviewProps) {
  const { note: _private, ...shown } = body;
  const params = { caseId: of.id, action };
  const preview = useMailPreview({
    of: [previewCaseAction.name, params, of.version],
    body: shown,
    read: async (wanted) => (await call(previewCaseAction, { params, body: wanted })).body,
    isComplete,
    isPending,
  });
  return <MailWritten of={preview} isComplete={isComplete} />;
}
