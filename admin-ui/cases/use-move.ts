import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { WireBody } from '../../contract/route.ts';
import { actOnCase, listCaseMessages, listCaseTimeline, readCase } from '../../contract/routes/staff/cases.ts';
import type { CaseAction } from '../../contract/schemas/case-actions.ts';
import { call } from '../server/calls.ts';
import type { Case } from './case.ts';

export type MoveBody = WireBody<typeof actOnCase>;

/**
 * Makes a move of a case and takes the server's answer as the truth. One key per try: the same body sent twice (a double click,
 * a repeat after a lost connection) is one move. Answers undefined while a move is under way.
 */
export function useMove() {
  const queries = useQueryClient();
  const tried = useRef<{ of: string; key: string } | undefined>(undefined);
  const isSending = useRef(false);
  const [isPending, setPending] = useState(false);

  const move = useCallback(
    async (caseId: string, action: CaseAction, body: MoveBody): Promise<Case | undefined> => {
      if (isSending.current) return undefined;
      const of = JSON.stringify([caseId, action, body]);
      if (tried.current?.of !== of) tried.current = { of, key: crypto.randomUUID() };
      isSending.current = true;
      setPending(true);
      try {
        const params = { caseId, action };
        const { body: moved } = await call(actOnCase, { params, body, idempotencyKey: tried.current.key });
        tried.current = undefined;
        queries.setQueryData([readCase.name, { caseId }, {}], moved);
        for (const { name } of [listCaseTimeline, listCaseMessages]) {
          void queries.invalidateQueries({ queryKey: [name, { caseId }] });
        }
        void queries.invalidateQueries({ queryKey: ['queueCounts'] });
        return moved;
      } finally {
        isSending.current = false;
        setPending(false);
      }
    },
    [queries],
  );
  return { move, isPending };
}
