import TuneOutlined from '@mui/icons-material/TuneOutlined';
import { Link } from 'react-router';
import { listPortals } from '../../contract/routes/staff/portals.ts';
import { Empty } from '../parts/Empty.tsx';
import { TroublePlace } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import './portals.css';

/** The portals one works for, each with the way to its policy. */
export function PortalsPage() {
  const say = useWords();
  const word = useCodeWord();
  const mayRead = useMay()('policy.read');
  const { data, error, refetch, isLoading } = useCall(listPortals, { query: { perPage: 100 } });
  usePageTitle(say('portals.title'));
  return (
    <>
      <div className="head of-portals">
        <h1>{say('portals.title')}</h1>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="pane grow" tabIndex={0} aria-label={say('portals.list')} aria-busy={isLoading}>
        {error && !data ? (
          <TroublePlace error={error} retry={() => void refetch()} />
        ) : data?.data.length === 0 ? (
          <Empty icon={<TuneOutlined className="i" />} title={say('portals.empty')}>
            {say('portals.emptyWhy')}
          </Empty>
        ) : (
          <table className="grid portals">
            <thead>
              <tr>
                <th scope="col">{say('portals.name')}</th>
                <th scope="col">{say('portals.open')}</th>
                <th scope="col" className="wide">
                  {say('portals.timeZone')}
                </th>
                <th scope="col" className="wide">
                  {say('portals.id')}
                </th>
                <th scope="col">{say('portals.version')}</th>
              </tr>
            </thead>
            <tbody>
              {data
                ? data.data.map(({ id, name, timeZone, open, policyVersion }) => (
                    <tr key={id}>
                      <td className="c-name">
                        {mayRead ? (
                          <Link className="b" to={`/portals/${id}`} aria-label={say('portals.showOf', { name })}>
                            {name}
                          </Link>
                        ) : (
                          <span className="b">{name}</span>
                        )}
                      </td>
                      <td className="c-open">
                        {open.length === 0 ? (
                          <span className="m">{say('portals.closed')}</span>
                        ) : (
                          open.map((each) => word('portals.open', each)).join(', ')
                        )}
                      </td>
                      <td className="wide">{timeZone.replaceAll('_', ' ')}</td>
                      <td className="wide ref">{id}</td>
                      <td className="c-version">{say('portals.versionNo', { version: policyVersion })}</td>
                    </tr>
                  ))
                : [...'12345'].map((_, no) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
                    <tr key={no}>
                      <td colSpan={5}>
                        <span className={`skel w${no % 3}`} />
                      </td>
                    </tr>
                  ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}
