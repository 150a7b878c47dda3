import { campaignPace } from '../../contract/schemas/campaign.ts';
import type { Campaign, NewCampaign } from './campaigns.ts';

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

/** What is typed of a campaign that is tried again; whom it went to is not known any more. */
export function typedAgain({ name, portal, source, perMinute }: Campaign): Partial<TypedCampaign> {
  return { name, portal, source, perMinute: String(perMinute) };
}

/** What came along with the address, as far as it is that. */
export function typedIn(state: unknown): Partial<TypedCampaign> {
  const given: Readonly<Record<string, unknown>> = typeof state === 'object' && state !== null ? { ...state } : {};
  const { name, portal, source, perMinute } = given;
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof portal === 'string' && { portal }),
    ...((source === 'csv' || source === 'records') && { source }),
    ...(typeof perMinute === 'string' && { perMinute }),
  };
}

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
