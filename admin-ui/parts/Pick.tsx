import ExpandMore from '@mui/icons-material/ExpandMore';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words/use-words.ts';

interface PickProps {
  className?: string;
  icon?: ReactNode;
  label: string;
  chosen: string | undefined;
  /** How many values are chosen besides, by a link that leads here. */
  more?: number;
  items: readonly { value: string; label: string }[];
  choose: (value: string | undefined) => void;
}

/** A filter as a button that says what is chosen, with its values and `any` in a menu. */
export function Pick({ className = '', icon, label, chosen, more = 0, items, choose }: PickProps) {
  const say = useWords();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const pick = (value: string | undefined) => {
    choose(value);
    setAnchor(null);
  };
  return (
    <>
      <button
        type="button"
        className={`pick ${className}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        {icon}
        {label} <b>{items.find(({ value }) => value === chosen)?.label ?? (icon ? '' : say('queue.any'))}</b>
        {more > 0 && `+${more}`}
        <ExpandMore className="i" />
      </button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        <MenuItem selected={chosen === undefined} onClick={() => pick(undefined)}>
          {say('queue.any')}
        </MenuItem>
        {items.map(({ value, label: each }) => (
          <MenuItem key={value} selected={value === chosen} onClick={() => pick(value)}>
            {each}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
