import ExpandMore from '@mui/icons-material/ExpandMore';
import KeyboardOutlined from '@mui/icons-material/KeyboardOutlined';
import Search from '@mui/icons-material/Search';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { Kbd } from '../parts/Kbd.tsx';
import { useKept } from '../parts/kept.ts';
import { usePortals } from '../parts/portals.ts';
import { useMay } from '../parts/use-me.ts';
import { connection } from '../server/connection.ts';
import { useWords } from '../words/use-words.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { chosenPortal, keysHelpIsOpen, searchedFor } from './choices.ts';

/** Search, portals, how live the page is, keys, account. */
export function Bar() {
  const say = useWords();
  const may = useMay();
  const [, setHelpOpen] = useKept(keysHelpIsOpen);
  return (
    <div className="bar">
      {may('case.read') && <SearchField />}
      <PortalChoice />
      <span className="grow" />
      <LiveState />
      <button type="button" className="btn q ic wide" aria-label={say('bar.keys')} onClick={() => setHelpOpen(true)}>
        <KeyboardOutlined className="i l" />
      </button>
      <AccountMenu />
    </div>
  );
}

const searchAfterMs = 150;

/** Searches the queue as one types; Escape empties it. */
function SearchField() {
  const say = useWords();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [searched, search] = useKept(searchedFor);
  const [typed, setTyped] = useState(searched);
  useEffect(() => setTyped(searched), [searched]);
  useEffect(() => {
    if (typed.trim() === searched) return;
    const timer = setTimeout(() => {
      search(typed.trim());
      if (pathname !== '/queue') navigate('/queue');
    }, searchAfterMs);
    return () => clearTimeout(timer);
  }, [typed, searched, search, pathname, navigate]);
  return (
    <search className="find">
      <Search className="i" />
      <input
        id="search"
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        aria-label={say('bar.search')}
        placeholder={say('bar.search')}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setTyped('');
            search('');
            event.currentTarget.blur();
          }
          if (event.key === 'Enter') {
            search(typed.trim());
            if (pathname !== '/queue') navigate('/queue');
            event.currentTarget.blur();
          }
        }}
      />
      <span className="wide">
        <Kbd>/</Kbd>
      </span>
    </search>
  );
}

function PortalChoice() {
  const say = useWords();
  const portals = usePortals();
  const [chosen, choose] = useKept(chosenPortal);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (portals.length < 2) return null;
  const pick = (portal: string | undefined) => {
    choose(portal);
    setAnchor(null);
  };
  const name = portals.find(({ id }) => id === chosen)?.name;
  return (
    <>
      <button
        type="button"
        className="pick wide"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        {say('bar.portals')} <b>{name ?? say('bar.allPortals', { smart_count: portals.length })}</b>
        <ExpandMore className="i" />
      </button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        <MenuItem selected={chosen === undefined} onClick={() => pick(undefined)}>
          {say('bar.everyPortal')}
        </MenuItem>
        {portals.map(({ id, name: each }) => (
          <MenuItem key={id} selected={id === chosen} onClick={() => pick(id)}>
            {each}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

function LiveState() {
  const say = useWords();
  const { state } = useSyncExternalStore(connection.subscribe, connection.current);
  const words = { live: say('bar.live'), quiet: say('bar.quiet'), lost: say('bar.lost') }[state];
  const shown = (
    <span className={`live ${state}`} role="status">
      {words}
    </span>
  );
  return state === 'quiet' ? <Tooltip title={say('bar.quietWhy')}>{shown}</Tooltip> : shown;
}
