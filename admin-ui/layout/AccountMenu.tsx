import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useLogout } from 'react-admin';
import { Avatar } from '../parts/Avatar.tsx';
import { useMe } from '../parts/use-me.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { type Language, languages } from '../words/catalogue.ts';
import { useCodeWord, useLanguage, useWords } from '../words/use-words.ts';

const themes = ['system', 'light', 'dark'] as const;

/** Who is signed in, theme, language, keys, sign out. */
export function AccountMenu() {
  const say = useWords();
  const word = useCodeWord();
  const me = useMe();
  const logout = useLogout();
  const [language] = useLanguage();
  const [{ theme, keys }, change] = usePreferences();
  const areKeysOn = keys === 'on';
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
            key={each}
            role="menuitemradio"
            aria-checked={each === theme}
            selected={each === theme}
            onClick={() => void change({ theme: each })}
          >
            {say('account.theme')}: {say(`account.theme.${each}`)}
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
            onClick={() => void change({ language: each })}
          >
            {languages[each]}
          </MenuItem>
        ))}
        <Divider role="presentation" />
        <MenuItem
          role="menuitemcheckbox"
          aria-checked={areKeysOn}
          onClick={() => void change({ keys: areKeysOn ? 'off' : 'on' })}
        >
          {say(areKeysOn ? 'account.keysOn' : 'account.keysOff')}
        </MenuItem>
        <MenuItem onClick={() => logout()}>{say('account.signOut')}</MenuItem>
      </Menu>
    </>
  );
}
