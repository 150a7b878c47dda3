import { z } from 'zod';
import { listOf } from '../../list-query.ts';
import { route, uploadBytes } from '../../route.ts';
import { pageOf } from '../../schemas/answers.ts';
import {
  campaign,
  campaignActionBody,
  campaignProblem,
  campaignRow,
  campaignRowOutcome,
  campaignState,
  newCampaignBody,
} from '../../schemas/campaign.ts';
import { portalId } from '../../schemas/scalars.ts';
import { campaignActionParams, campaignParams } from '../params.ts';

const ofCampaigns = { tags: ['Campaigns'], access: 'staff', idempotent: false, status: 200 } as const;

export const listCampaigns = route({
  ...ofCampaigns,
  name: 'listCampaigns',
  method: 'get',
  path: '/staff/campaigns',
  summary: 'Registration e-mails to many, newest first',
  permission: 'campaign.read',
  list: listOf({
    sorts: ['createdAt'],
    defaultSort: 'createdAt',
    defaultOrder: 'desc',
    filters: { portal: portalId, state: campaignState },
    search: false,
  }),
  response: pageOf(campaign),
  problems: [],
});

export const createCampaign = route({
  ...ofCampaigns,
  name: 'createCampaign',
  method: 'post',
  path: '/staff/campaigns',
  summary: 'Dry run: judge every row of a file, or every record found, and send nothing',
  permission: 'campaign.manage',
  idempotent: true,
  body: newCampaignBody,
  maxBodyBytes: uploadBytes,
  status: 201,
  response: campaign,
  problems: ['not_found'],
});

export const readCampaign = route({
  ...ofCampaigns,
  name: 'readCampaign',
  method: 'get',
  path: '/staff/campaigns/:campaignId',
  summary: 'One campaign with its progress',
  permission: 'campaign.read',
  params: campaignParams,
  response: campaign,
  problems: [],
});

export const listCampaignRows = route({
  ...ofCampaigns,
  name: 'listCampaignRows',
  method: 'get',
  path: '/staff/campaigns/:campaignId/rows',
  summary: 'What becomes of each row',
  permission: 'campaign.read',
  params: campaignParams,
  list: listOf({
    sorts: ['no'],
    defaultSort: 'no',
    defaultOrder: 'asc',
    filters: { outcome: campaignRowOutcome, problem: campaignProblem },
    search: false,
  }),
  response: pageOf(campaignRow),
  problems: [],
});

export const downloadCampaignResults = route({
  ...ofCampaigns,
  name: 'downloadCampaignResults',
  method: 'get',
  path: '/staff/campaigns/:campaignId/results',
  summary: 'Every row with what became of it, as CSV; audited',
  permission: 'campaign.manage',
  params: campaignParams,
  mediaType: 'text/csv',
  response: z.string(),
  problems: [],
  responseHeaders: { 'Content-Disposition': 'attachment, with a name for the file' },
});

export const actOnCampaign = route({
  ...ofCampaigns,
  name: 'actOnCampaign',
  method: 'post',
  path: '/staff/campaigns/:campaignId/actions/:action',
  summary: 'Send, pause, resume or cancel',
  permission: 'campaign.manage',
  idempotent: true,
  params: campaignActionParams,
  body: campaignActionBody,
  response: campaign,
  problems: ['not_allowed_now', 'stale_version'],
});
