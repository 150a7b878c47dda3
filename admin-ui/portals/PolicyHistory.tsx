import ExpandLess from '@mui/icons-material/ExpandLess';
import ExpandMore from '@mui/icons-material/ExpandMore';
import History from '@mui/icons-material/History';
import RestoreOutlined from '@mui/icons-material/RestoreOutlined';
import { useEffect, useId, useState } from 'react';
import type { WireResult } from '../../contract/route.ts';
import { listPolicyVersions, readPolicyVersion } from '../../contract/routes/staff/portals.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { Empty } from '../parts/Empty.tsx';
import { TroublePlace } from '../parts/Trouble.tsx';
import { Instant } from '../parts/time.tsx';
import { useCall } from '../parts/use-call.ts';
import { useWords } from '../words/use-words.ts';
import { useChangeInWords } from './change-in-words.ts';
import { valueAt } from './draft.ts';
import { settingAt, settings } from './settings.ts';

type Version = WireResult<typeof listPolicyVersions>['data'][number];

const shownVersions = 100;

interface PolicyHistoryProps {
  portal: string;
  /** The number of the version in force. */
  inForce: number;
  /** Makes a former version's values the draft; undefined: not for this member. */
  putBack: ((former: Policy) => void) | undefined;
}

/** Every version of the policy, newest first: when, who, why, and field by field what it changed. */
export function PolicyHistory({ portal, inForce, putBack }: PolicyHistoryProps) {
  const say = useWords();
  const query = { perPage: shownVersions };
  const { data, error, refetch } = useCall(listPolicyVersions, { params: { portal }, query }, { keepsOld: true });
  const newest = data?.data[0]?.version;
  useEffect(() => {
    if (newest !== undefined && newest < inForce) void refetch();
  }, [newest, inForce, refetch]);
  if (error && !data) return <TroublePlace error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return (
    <div className="history">
      <h2>{say('policy.history')}</h2>
      <ol className="versions">
        {data.data.map((version) => (
          <VersionItem
            key={version.version}
            portal={portal}
            of={version}
            isInForce={version.version === inForce}
            isNewest={version.version === newest}
            putBack={putBack}
          />
        ))}
      </ol>
      {data.total === 1 && (
        <Empty icon={<History className="i" />} title={say('policy.history.first')}>
          {say('policy.history.firstWhy')}
        </Empty>
      )}
      {data.total > shownVersions && (
        <p className="m told">{say('policy.history.more', { shown: shownVersions, total: data.total })}</p>
      )}
    </div>
  );
}

function Waiting() {
  return (
    <div className="history" aria-busy="true">
      {[0, 1, 2].map((no) => (
        <div className="set" key={no}>
          <span className={`skel w${no}`} />
          <span className="skel w1" />
        </div>
      ))}
    </div>
  );
}

interface VersionItemProps {
  portal: string;
  of: Version;
  isInForce: boolean;
  isNewest: boolean;
  putBack: ((former: Policy) => void) | undefined;
}

function VersionItem({ portal, of, isInForce, isNewest, putBack }: VersionItemProps) {
  const say = useWords();
  const id = useId();
  const [isOpen, setOpen] = useState(isNewest);
  const { version, at, by, note, changed } = of;
  return (
    <li>
      <div className="row wrap">
        <h3>{say('policy.history.version', { version })}</h3>
        {isInForce && <span className="tag acc">{say('policy.history.inForce')}</span>}
        <span className="grow" />
        <span className="meta m">
          {by === null ? say('policy.history.withPortal') : <bdi>{by.name}</bdi>} · <Instant at={at} portal={portal} />
        </span>
      </div>
      {note !== null && <p className="why">{note}</p>}
      {note === null && by !== null && <p className="meta m">{say('policy.history.noWhy')}</p>}
      {by !== null && (
        <div className="row wrap">
          {changed.length === 0 ? (
            <span className="m">{say('policy.history.unchanged')}</span>
          ) : (
            <button
              type="button"
              className="btn q sm"
              aria-expanded={isOpen}
              aria-controls={id}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? <ExpandLess className="i" /> : <ExpandMore className="i" />}
              {say('policy.changes', { smart_count: changed.length })}
            </button>
          )}
        </div>
      )}
      {isOpen && changed.length > 0 && <Changes id={id} portal={portal} of={of} />}
      {!isInForce && putBack && <PutBack portal={portal} version={version} putBack={putBack} />}
    </li>
  );
}

/** What a version changed, in words, from the two documents themselves. */
function Changes({ id, portal, of: { version, changed } }: { id: string; portal: string; of: Version }) {
  const say = useWords();
  const inWords = useChangeInWords();
  const before = useFormer(portal, version - 1);
  const after = useFormer(portal, version);
  const error = before.error ?? after.error;
  const ofSettings = new Set(changed.map((path) => settingAt(path)?.path));
  const unknown = changed.filter((path) => settingAt(path) === undefined);
  if (error) {
    const retry = () => void Promise.all([before.refetch(), after.refetch()]);
    return <TroublePlace error={error} retry={retry} />;
  }
  return (
    <ul className="changes" id={id} aria-busy={!before.data || !after.data}>
      {settings
        .filter(({ path }) => ofSettings.has(path))
        .map((setting) => (
          <li key={setting.path}>
            <div>
              <span className="b">{say(`policy.label.${setting.path}`)}</span>
              {before.data && after.data && (
                <p>
                  {inWords(
                    setting,
                    valueAt(before.data as Policy, setting.path),
                    valueAt(after.data as Policy, setting.path),
                  )}
                </p>
              )}
            </div>
          </li>
        ))}
      {unknown.map((path) => (
        <li key={path}>
          <code className="code">{path}</code>
        </li>
      ))}
    </ul>
  );
}

/** A version never changes, so it is read once. */
function useFormer(portal: string, version: number, enabled = true) {
  const params = { portal, version: String(version) };
  return useCall(readPolicyVersion, { params }, { staleMs: Number.POSITIVE_INFINITY, enabled });
}

interface PutBackProps {
  portal: string;
  version: number;
  putBack: (former: Policy) => void;
}

function PutBack({ portal, version, putBack }: PutBackProps) {
  const say = useWords();
  const [isWanted, setWanted] = useState(false);
  const { data } = useFormer(portal, version, isWanted);
  useEffect(() => {
    if (!isWanted || !data) return;
    setWanted(false);
    putBack(data as Policy);
  }, [isWanted, data, putBack]);
  return (
    <button type="button" className="btn q sm" aria-disabled={isWanted} onClick={() => setWanted(true)}>
      <RestoreOutlined className="i" />
      {say('policy.history.putBack')}
      <span className="sr"> {say('policy.history.version', { version })}</span>
    </button>
  );
}
