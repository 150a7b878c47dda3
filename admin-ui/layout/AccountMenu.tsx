import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useLogout } from 'react-admin';
import { useKeysSwitch } from '../keys/keys.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { useKept } from '../parts/kept.ts';
import { useMe } from '../parts/use-me.ts';
import { type Language, languages } from '../words/catalogue.ts';
import { useCodeWord, useLanguage, useWords } from '../words/use-words.ts';
import { chosenTheme } from './choices.ts';

const themes = [undefined, 'light', 'dark'] as const;

/** Who is signed in, theme, language, keys, sign out. */
export function AccountMenu() {
  const say = useWords();
  const word = useCodeWord();
  const me = useMe();
  const logout = useLogout();
  const [language, setLanguage] = useLanguage();
  const [theme, setTheme] = useKept(chosenTheme);
  const [areKeysOn, switchKeys] = useKeysSwitch();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <button
        type="button"
        className="btn q ic"
        aria-label={say('bar.account', { name: me.name })}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <Avatar name={me.name} isMe large />
      </button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        <li className="menu-who" role="presentation">
          <span className="b">{me.name}</span>
          <span className="meta m">{me.roles.map((role) => word('role', role)).join(', ')}</span>
        </li>
        <Divider role="presentation" />
        {themes.map((each) => (
          <MenuItem
            key={each ?? 'system'}
            role="menuitemradio"
            aria-checked={each === theme}
            selected={each === theme}
            onClick={() => setTheme(each)}
          >
            {say('account.theme')}: {say(`account.theme.${each ?? 'system'}`)}
          </MenuItem>
        ))}
        <Divider role="presentation" />
        {(Object.keys(languages) as Language[]).map((each) => (
          <MenuItem
            key={each}
            role="menuitemradio"
            aria-checked={each === language}
            selected={each === language}
            lang={each}
            onClick={() => setLanguage(each)}
          >
            {languages[each]}
          </MenuItem>
        ))}
        <Divider role="presentation" />
        <MenuItem role="menuitemcheckbox" aria-checked={areKeysOn} onClick={() => switchKeys(!areKeysOn)}>
          {say(areKeysOn ? 'account.keysOn' : 'account.keysOff')}
        </MenuItem>
        <MenuItem onClick={() => logout()}>{say('account.signOut')}</MenuItem>
      </Menu>
    </>
  );
}
