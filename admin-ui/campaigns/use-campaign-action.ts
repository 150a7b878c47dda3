import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Problem } from '../../contract/problems.ts';
import { actOnCampaign, listCampaignRows, readCampaign } from '../../contract/routes/staff/campaigns.ts';
import { notice } from '../parts/notices.tsx';
import { call } from '../server/calls.ts';
import { useWords } from '../words/use-words.ts';
import { type Campaign, type CampaignAction, campaigns } from './campaigns.ts';

/** Refusals that say the page is behind: the campaign is read anew. */
const behind: readonly string[] = ['stale_version', 'not_allowed_now'];

/** Acts on a campaign, once for each wish; the server's answer is the truth. */
export function useCampaignAction({ id: campaignId, version }: Campaign) {
  const say = useWords();
  const queries = useQueryClient();
  const tried = useRef<{ of: string; key: string } | undefined>(undefined);
  const isBusy = useRef(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const act = async (action: CampaignAction) => {
    if (isBusy.current) return;
    const of = `${action} ${version}`;
    if (tried.current?.of !== of) tried.current = { of, key: crypto.randomUUID() };
    isBusy.current = true;
    setPending(true);
    setError(undefined);
    try {
      const params = { campaignId, action };
      const { body } = await call(actOnCampaign, { params, body: { version }, idempotencyKey: tried.current.key });
      queries.setQueryData([readCampaign.name, { campaignId }, {}], body);
      notice({ text: say(`campaigns.said.${action}`) });
    } catch (refused) {
      setError(refused);
      if (refused instanceof Problem && behind.includes(refused.code)) {
        void queries.invalidateQueries({ queryKey: [readCampaign.name, { campaignId }] });
      }
    } finally {
      isBusy.current = false;
      setPending(false);
      void queries.invalidateQueries({ queryKey: [listCampaignRows.name, { campaignId }] });
      void queries.invalidateQueries({ queryKey: ['list', campaigns.name] });
    }
  };
  return { act, isPending, error };
}
