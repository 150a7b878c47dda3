import FilterListOutlined from '@mui/icons-material/FilterListOutlined';
import HistoryToggleOffOutlined from '@mui/icons-material/HistoryToggleOffOutlined';
import Refresh from '@mui/icons-material/Refresh';
import { Link } from 'react-router';
import { accountPath } from '../accounts/accounts.ts';
import { casePath } from '../cases/case.ts';
import { Empty } from '../parts/Empty.tsx';
import { usePortalName } from '../parts/portals.ts';
import { TroublePlace } from '../parts/Trouble.tsx';
import { Instant } from '../parts/time.tsx';
import { useMay, useMe } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { recordPath } from '../records/records.ts';
import { useCodeWord, useLanguage, useWords } from '../words/use-words.ts';
import { AuditFilters } from './AuditFilters.tsx';
import './audit.css';
import { detailInWords } from './detail.ts';
import { type Entry, useAudit, useAuditFilter } from './use-audit.ts';
import { Verification } from './Verification.tsx';

/** Who did and saw what: the feed with its filters, and whether the record is whole. */
export function AuditPage() {
  const say = useWords();
  const { filter, change } = useAuditFilter();
  const feed = useAudit(filter);
  const entries = feed.data?.pages.flatMap(({ data }) => data);
  usePageTitle(say('audit.title'));
  return (
    <>
      <div className="head of-audit">
        <h1>{say('audit.title')}</h1>
        <AuditFilters filter={filter} change={change} />
        <span className="grow" />
        <button
          type="button"
          className="btn q"
          aria-disabled={feed.isFetching}
          onClick={() => !feed.isFetching && void feed.refetch()}
        >
          <Refresh className="i" />
          {say('audit.new')}
        </button>
      </div>
      <div className="split of-audit">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <section className="pane" tabIndex={0} aria-label={say('audit.feed')} aria-busy={feed.isLoading}>
          {feed.error && !entries ? (
            <TroublePlace error={feed.error} retry={() => void feed.refetch()} />
          ) : entries?.length === 0 ? (
            <Empty icon={<HistoryToggleOffOutlined className="i" />} title={say('audit.empty')}>
              {say('audit.emptyWhy')}
            </Empty>
          ) : (
            <Feed entries={entries} change={change} />
          )}
          {entries && entries.length > 0 && (
            <div className="more" role="status">
              {feed.hasNextPage ? (
                <button
                  type="button"
                  className="btn sm"
                  aria-disabled={feed.isFetchingNextPage}
                  onClick={() => !feed.isFetchingNextPage && void feed.fetchNextPage()}
                >
                  {say(feed.isFetchingNextPage ? 'audit.loadingMore' : 'audit.more')}
                </button>
              ) : (
                <span className="m">{say('audit.end')}</span>
              )}
              <span className="m meta">{say('audit.shown', { smart_count: entries.length })}</span>
            </div>
          )}
        </section>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <aside className="pane side" tabIndex={0} aria-label={say('audit.verify.title')}>
          <Verification />
          <div className="sec">
            <h2>{say('audit.about.title')}</h2>
            <ul className="findings s">
              <li>{say('audit.about.who')}</li>
              <li>{say('audit.about.what')}</li>
              <li>{say('audit.about.change')}</li>
            </ul>
          </div>
        </aside>
      </div>
    </>
  );
}

interface FeedProps {
  /** undefined: still being read. */
  entries: readonly Entry[] | undefined;
  change: ReturnType<typeof useAuditFilter>['change'];
}

const columns = ['at', 'who', 'what', 'where', 'detail'] as const;

function Feed({ entries, change }: FeedProps) {
  const say = useWords();
  return (
    <table className="grid audited">
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col" className={`c-${name}`}>
              {say(`audit.col.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries
          ? entries.map((entry) => <Row key={entry.id} entry={entry} change={change} />)
          : [...'123456789012'].map((_, no) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
              <tr key={no}>
                {columns.map((name) => (
                  <td key={name} className={`c-${name}`}>
                    <span className={`skel w${(no + name.length) % 3}`} />
                  </td>
                ))}
              </tr>
            ))}
      </tbody>
    </table>
  );
}

/** What the entry is about: the case, the account, the record; else the portal, else the back office itself. */
function About({ of }: { of: Entry }) {
  const say = useWords();
  const may = useMay();
  const portalName = usePortalName();
  const { caseId, reference, accountId, portal, detail } = of;
  const { patientRecordId, memberId } = detail;
  const linked = (isOpen: boolean, path: string, text: string) => (isOpen ? <Link to={path}>{text}</Link> : text);
  if (caseId) {
    return <span className="ref">{linked(may('case.read'), casePath(caseId), reference ?? say('audit.case'))}</span>;
  }
  if (accountId) return <span>{linked(may('account.read'), accountPath(accountId), say('audit.account'))}</span>;
  if (typeof patientRecordId === 'string') {
    return <span>{linked(may('record.read'), recordPath(patientRecordId), say('records.one'))}</span>;
  }
  if (typeof memberId === 'string') return <span>{say('audit.actor.member')}</span>;
  return <span className="m">{portal ? portalName(portal) : say('audit.office')}</span>;
}

function Row({ entry, change }: { entry: Entry } & Pick<FeedProps, 'change'>) {
  const say = useWords();
  const word = useCodeWord();
  const me = useMe();
  const [language] = useLanguage();
  const { at, actor, action, caseId, accountId } = entry;
  const detail = detailInWords(entry, say, word, language);
  const isSignIn = action === 'staff_sign_in_refused';
  const who = actor.name ?? say(isSignIn ? 'audit.actor.stranger' : `audit.actor.${actor.kind}`);
  return (
    <tr>
      <td className="c-at">
        <Instant at={at} />
      </td>
      <td className={actor.kind === 'member' ? 'c-who b' : 'c-who'}>
        <bdi>{actor.id === me.id ? say('said.you') : who}</bdi>
      </td>
      <td className="c-what">
        <span className="b">{word('audited', action)}</span>
      </td>
      <td className="c-where">
        <span className="row">
          <About of={entry} />
          {(caseId || accountId) && (
            <button
              type="button"
              className="btn q sm ic"
              aria-label={say(caseId ? 'audit.onlyCase' : 'audit.onlyAccount')}
              title={say(caseId ? 'audit.onlyCase' : 'audit.onlyAccount')}
              onClick={() => change(caseId ? { caseId } : { accountId })}
            >
              <FilterListOutlined className="i" />
            </button>
          )}
        </span>
      </td>
      <td className="c-detail" title={detail}>
        {detail}
      </td>
    </tr>
  );
}
