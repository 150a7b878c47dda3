import ErrorIcon from '@mui/icons-material/Error';
import type { Policy } from '../../domain/policy/policy.ts';
import { useWords } from '../words/use-words.ts';
import { changedBetween } from './draft.ts';
import type { Path } from './settings.ts';

interface StaleBannerProps {
  base: Policy;
  newest: Policy;
  mine: readonly { path: Path }[];
  take: () => void;
  drop: () => void;
}

/** Somebody saved a version meanwhile: what it changed, whether that meets one's own changes, and both ways on. */
export function StaleBanner({ base, newest, mine, take, drop }: StaleBannerProps) {
  const say = useWords();
  const theirs = changedBetween(base, newest);
  const both = theirs.filter((path) => mine.some((each) => each.path === path));
  const named = (paths: readonly Path[]) =>
    paths.length === 0 ? say('policy.none') : paths.map((path) => say(`policy.label.${path}`)).join(', ');
  return (
    <div className="banner stale" role="alert">
      <ErrorIcon className="i" />
      <p className="grow">
        <b>{say('policy.stale', { version: newest.version })}</b> {say('policy.staleWhy', { what: named(theirs) })}
        {both.length > 0 && <b> {say('policy.staleBoth', { what: named(both) })}</b>}
      </p>
      <button type="button" className="btn sm" onClick={take}>
        {say('policy.staleTake', { version: newest.version })}
      </button>
      <button type="button" className="btn q sm" onClick={drop}>
        {say('policy.staleDrop')}
      </button>
    </div>
  );
}
