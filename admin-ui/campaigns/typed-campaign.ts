import { campaignPace } from '../../contract/schemas/campaign.ts';
import type { NewCampaign } from './campaigns.ts';

/** What is typed of a campaign, as the inputs have it. */
export interface TypedCampaign {
  name: string;
  portal: string;
  source: 'csv' | 'records';
  practice: string;
  q: string;
  perMinute: string;
}

export const nothingTyped: TypedCampaign = {
  name: '',
  portal: '',
  source: 'csv',
  practice: '',
  q: '',
  perMinute: String(campaignPace.perMinute),
};

/** What is missing or cannot be so, by field, in the words of the page. */
export function missingIn({ name, portal, source, perMinute }: TypedCampaign, hasFile: boolean) {
  const pace = Number(perMinute);
  const isPace = Number.isInteger(pace) && pace >= 1 && pace <= campaignPace.most;
  return {
    ...(name.trim() === '' && { name: 'campaigns.nameNeeded' as const }),
    ...(portal === '' && { portal: 'import.portalNeeded' as const }),
    ...(source === 'csv' && !hasFile && { csv: 'import.fileNeeded' as const }),
    ...(!isPace && { perMinute: 'campaigns.paceWrong' as const }),
  };
}

/** What is sent: the file, or the records that are looked for; of these what was left empty is left out. */
export function campaignOf(typed: TypedCampaign, csv: string | undefined): NewCampaign {
  const { name, portal, source, practice, q, perMinute } = typed;
  const records = { ...(practice.trim() && { practice: practice.trim() }), ...(q.trim() && { q: q.trim() }) };
  return {
    name: name.trim(),
    portal,
    perMinute: Number(perMinute),
    ...(source === 'csv' ? { csv: csv ?? '' } : { records }),
  };
}
