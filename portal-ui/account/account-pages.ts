import { listOwnActivity, readMe } from '../../contract/routes/public/me.ts';
import type { Page } from '../page.ts';
import { activityPage } from './activity-page.tsx';
import { codePage, emailPage } from './email-pages.tsx';
import { overviewShown } from './overview.tsx';
import { passwordPage } from './password-page.tsx';
import { languagePage, noticesPage } from './preference-pages.tsx';
import { type AccountPage, ofAccount } from './session-over.ts';

const latestCount = 3;

const overviewPage: AccountPage = {
  path: '/account',
  show: async (visit) => {
    const params = { portal: visit.portal.portal };
    const me = await visit.call(readMe, { params });
    const { data } = await visit.call(listOwnActivity, { params, query: { perPage: latestCount } });
    if (visit.kept.account?.username !== me.username) visit.kept.account = { username: me.username };
    return overviewShown(visit, me, data);
  },
};

export const accountPages: readonly Page[] = [
  overviewPage,
  activityPage,
  noticesPage,
  languagePage,
  emailPage,
  codePage,
  passwordPage,
].map(ofAccount);
