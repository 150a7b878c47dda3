import { Fragment } from 'react';
import { Link, matchPath, useLocation } from 'react-router';
import { useMay } from '../parts/use-me.ts';
import { useWords } from '../words/use-words.ts';
import { type Screen, screens } from './screens.ts';

/** Icon over word, only what the member may see; under 760 px a bar at the bottom. */
export function Rail() {
  const say = useWords();
  const may = useMay();
  const { pathname } = useLocation();
  const here = screens.find(({ path }) => matchPath(path, pathname));
  const shown = screens.filter((screen) => screen.rail && screen.needs.some(may));
  const groups = (['work', 'rule'] as const).map((group) => shown.filter(({ rail }) => rail?.group === group));
  return (
    <nav className="rail" aria-label={say('nav.main')}>
      {groups.map((group, no) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: there are two, always in this order
        <Fragment key={no}>
          {no > 0 && group.length > 0 && <hr />}
          {group.map((screen) => (
            <RailLink key={screen.path} screen={screen} isHere={placeOf(here) === screen.path} />
          ))}
        </Fragment>
      ))}
    </nav>
  );
}

/** Whose link is lit for a screen. */
function placeOf(here: Screen | undefined): string | undefined {
  if (here?.under === undefined) return here?.path;
  return typeof here.under === 'string' ? here.under : here.under();
}

function RailLink({ screen: { path, rail }, isHere }: { screen: Screen; isHere: boolean }) {
  const say = useWords();
  if (!rail) return null;
  return (
    <Link to={path} aria-current={isHere ? 'page' : undefined}>
      <rail.icon className="i l" />
      {say(rail.word)}
    </Link>
  );
}
