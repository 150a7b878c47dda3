import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined';
import GroupOutlined from '@mui/icons-material/GroupOutlined';
import InboxOutlined from '@mui/icons-material/InboxOutlined';
import { type ComponentType, lazy } from 'react';
import type { Permission } from '../../contract/permissions.ts';
import { QueuePage } from '../queue/QueuePage.tsx';
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
  /** Another screen whose place in the rail it takes: a case belongs to the queue. */
  under?: string;
}

/** A new screen is a folder of its own, its words, and a line here. What is not needed at once is loaded when it is opened. */
export const screens: readonly Screen[] = [
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
    under: '/queue',
  },
  {
    path: '/audit',
    page: lazy(() => import('../audit/AuditPage.tsx').then((found) => ({ default: found.AuditPage }))),
    needs: ['audit.read'],
    rail: { icon: FactCheckOutlined, word: 'nav.audit', group: 'rule' },
  },
  {
    path: '/staff',
    page: lazy(() => import('../staff/StaffPage.tsx').then((found) => ({ default: found.StaffPage }))),
    needs: ['member.read'],
    rail: { icon: GroupOutlined, word: 'nav.staff', group: 'rule' },
  },
];
