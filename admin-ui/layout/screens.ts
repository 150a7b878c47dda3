import BadgeOutlined from '@mui/icons-material/BadgeOutlined';
import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import GroupOutlined from '@mui/icons-material/GroupOutlined';
import InboxOutlined from '@mui/icons-material/InboxOutlined';
import MailOutlined from '@mui/icons-material/MailOutlined';
import ManageAccountsOutlined from '@mui/icons-material/ManageAccountsOutlined';
import MonitorHeartOutlined from '@mui/icons-material/MonitorHeartOutlined';
import SpaceDashboardOutlined from '@mui/icons-material/SpaceDashboardOutlined';
import TuneOutlined from '@mui/icons-material/TuneOutlined';
import { type ComponentType, lazy } from 'react';
import type { Permission } from '../../contract/permissions.ts';
import { DashboardPage } from '../dashboard/DashboardPage.tsx';
import { needsOfOperations } from '../operations/needs.ts';
import { listBehind } from '../queue/list-behind.ts';
import { QueuePage } from '../queue/QueuePage.tsx';
import { worklist } from '../queue/worklist.ts';
import type { WordKey } from '../words/catalogue.ts';

/** One page of the back office. With an icon it stands in the rail, for those who may see it. */
export interface Screen {
  /** Below `/admin`, parameters as `:name`. */
  path: string;
  page: ComponentType;
  /** Any one of these is enough. */
  needs: readonly Permission[];
  rail?: { icon: typeof InboxOutlined; word: WordKey; group: 'work' | 'rule' };
  /** Keys that go there: `g q`. */
  keys?: string;
  /** Another screen whose place in the rail it takes: a case belongs to the list one came from. */
  under?: string | (() => string);
}

/** A new screen is a folder of its own, its words, and a line here. What is not needed at once is loaded when it is opened. */
export const screens: readonly Screen[] = [
  {
    path: '/dashboard',
    page: DashboardPage,
    needs: ['dashboard.read'],
    rail: { icon: SpaceDashboardOutlined, word: 'nav.home', group: 'work' },
    keys: 'g d',
  },
  {
    path: '/queue',
    page: QueuePage,
    needs: ['case.read'],
    rail: { icon: InboxOutlined, word: 'nav.queue', group: 'work' },
    keys: 'g q',
  },
  {
    path: '/cases/:id',
    page: lazy(() => import('../cases/CasePage.tsx').then((found) => ({ default: found.CasePage }))),
    needs: ['case.read'],
    under: () => listBehind('application', worklist.get()?.view).screen,
  },
  {
    path: '/office',
    page: lazy(() => import('../office/OfficePage.tsx').then((found) => ({ default: found.OfficePage }))),
    needs: ['case.create'],
    keys: 'g n',
    under: '/queue',
  },
  {
    path: '/registrations',
    page: lazy(() =>
      import('../registrations/RegistrationsPage.tsx').then((found) => ({ default: found.RegistrationsPage })),
    ),
    needs: ['case.read'],
    rail: { icon: ForwardToInboxOutlined, word: 'nav.registrations', group: 'work' },
    keys: 'g r',
  },
  {
    path: '/campaigns',
    page: lazy(() => import('../campaigns/CampaignsPage.tsx').then((found) => ({ default: found.CampaignsPage }))),
    needs: ['campaign.read'],
    under: '/registrations',
  },
  {
    path: '/campaigns/new',
    page: lazy(() => import('../campaigns/NewCampaignPage.tsx').then((found) => ({ default: found.NewCampaignPage }))),
    needs: ['campaign.manage'],
    under: '/registrations',
  },
  {
    path: '/campaigns/:id',
    page: lazy(() => import('../campaigns/CampaignPage.tsx').then((found) => ({ default: found.CampaignPage }))),
    needs: ['campaign.read'],
    under: '/registrations',
  },
  {
    path: '/records',
    page: lazy(() => import('../records/RecordsPage.tsx').then((found) => ({ default: found.RecordsPage }))),
    needs: ['record.read'],
    rail: { icon: BadgeOutlined, word: 'nav.records', group: 'work' },
    keys: 'g p',
  },
  {
    path: '/records/import',
    page: lazy(() => import('../records/ImportPage.tsx').then((found) => ({ default: found.ImportPage }))),
    needs: ['record.import'],
    under: '/records',
  },
  {
    path: '/records/:id',
    page: lazy(() => import('../records/RecordPage.tsx').then((found) => ({ default: found.RecordPage }))),
    needs: ['record.read'],
    under: '/records',
  },
  {
    path: '/messages',
    page: lazy(() => import('../messages/MessagesPage.tsx').then((found) => ({ default: found.MessagesPage }))),
    needs: ['message.read', 'message.readState'],
    rail: { icon: MailOutlined, word: 'nav.messages', group: 'work' },
  },
  {
    path: '/accounts',
    page: lazy(() => import('../accounts/AccountsPage.tsx').then((found) => ({ default: found.AccountsPage }))),
    needs: ['account.read'],
    rail: { icon: ManageAccountsOutlined, word: 'nav.accounts', group: 'work' },
  },
  {
    path: '/accounts/:id',
    page: lazy(() => import('../accounts/AccountPage.tsx').then((found) => ({ default: found.AccountPage }))),
    needs: ['account.read'],
    under: '/accounts',
  },
  {
    path: '/audit',
    page: lazy(() => import('../audit/AuditPage.tsx').then((found) => ({ default: found.AuditPage }))),
    needs: ['audit.read'],
    rail: { icon: FactCheckOutlined, word: 'nav.audit', group: 'rule' },
  },
  {
    path: '/portals',
    page: lazy(() => import('../portals/PortalsPage.tsx').then((found) => ({ default: found.PortalsPage }))),
    needs: ['policy.read'],
    rail: { icon: TuneOutlined, word: 'nav.portals', group: 'rule' },
  },
  {
    path: '/portals/:portal',
    page: lazy(() => import('../portals/PolicyPage.tsx').then((found) => ({ default: found.PolicyPage }))),
    needs: ['policy.read'],
    under: '/portals',
  },
  {
    path: '/staff',
    page: lazy(() => import('../staff/StaffPage.tsx').then((found) => ({ default: found.StaffPage }))),
    needs: ['member.read'],
    rail: { icon: GroupOutlined, word: 'nav.staff', group: 'rule' },
  },
  {
    path: '/operations',
    page: lazy(() => import('../operations/OperationsPage.tsx').then((found) => ({ default: found.OperationsPage }))),
    needs: needsOfOperations,
    rail: { icon: MonitorHeartOutlined, word: 'nav.operations', group: 'rule' },
  },
];
