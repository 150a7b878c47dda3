import type { WireBody, WireResult } from '../../contract/route.ts';
import {
  type createCampaign,
  listCampaignRows,
  listCampaigns,
  type readCampaign,
} from '../../contract/routes/staff/campaigns.ts';
import type { ListOf } from '../parts/use-list.ts';
import { call } from '../server/calls.ts';

export type Campaign = WireResult<typeof readCampaign>;
export type CampaignRow = WireResult<typeof listCampaignRows>['data'][number];
export type NewCampaign = WireBody<typeof createCampaign>;
export type CampaignAction = Campaign['allowedActions'][number];

export const campaigns: ListOf<Campaign> = {
  name: listCampaigns.name,
  resource: 'campaign',
  sort: 'createdAt',
  order: 'desc',
  filters: ['state'],
  read: async (query, signal) => (await call(listCampaigns, { query, ...(signal && { signal }) })).body,
};

/** The rows of one campaign as the address asks for them; they are read by their campaign. */
export const campaignRows = {
  name: listCampaignRows.name,
  sort: 'no',
  order: 'asc',
  filters: ['outcome', 'problem'],
} as const;

export function campaignPath(id: string): string {
  return `/campaigns/${id}`;
}

/** What a file for a campaign looks like. */
export const exampleFile = `mrn,email,reason
MS-200001,,
MS-200002,,
MS-200003,new.address@mail.example,address_outdated
`;
