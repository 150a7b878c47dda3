import ArrowUpward from '@mui/icons-material/ArrowUpward';
import Search from '@mui/icons-material/Search';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useKeys } from '../keys/keys.ts';
import { keysHelpIsOpen } from '../layout/choices.ts';
import { useWords } from '../words/use-words.ts';
import { Kbd } from './Kbd.tsx';
import { type Kept, useKept } from './kept.ts';
import { type List, type ListAsked, rowsPerPage } from './use-list.ts';

const searchAfterMs = 150;

interface ListSearchProps {
  of: Kept<string>;
  label: string;
  /** Called when something else is searched for: the list begins anew. */
  changed: () => void;
}

/** A list's own search, as one types; `/` goes there, Escape empties it. */
export function ListSearch({ of, label, changed }: ListSearchProps) {
  const [searched, search] = useKept(of);
  const [typed, setTyped] = useState(searched);
  const input = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => input.current?.focus() });
  useEffect(() => setTyped(searched), [searched]);
  const settle = (text: string) => {
    if (text.trim() === of.get()) return;
    search(text.trim());
    changed();
  };
  const settleTyped = useRef(settle);
  settleTyped.current = settle;
  useEffect(() => {
    const timer = setTimeout(() => settleTyped.current(typed), searchAfterMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <search className="find own">
      <Search className="i" />
      <input
        ref={input}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'Enter') return;
          const text = event.key === 'Enter' ? typed : '';
          setTyped(text);
          settle(text);
          event.currentTarget.blur();
        }}
      />
      <span className="wide">
        <Kbd>/</Kbd>
      </span>
    </search>
  );
}

interface ViewTabsProps {
  label: string;
  views: readonly { name: string; label: string; count?: string | undefined; isTrouble?: boolean }[];
  chosen: string;
  choose: (name: string) => void;
  newCount: number;
  showNew: () => void;
}

/** Views of a list with their numbers, and the pill that holds what is new. */
export function ViewTabs({ label, views, chosen, choose, newCount, showNew }: ViewTabsProps) {
  const say = useWords();
  return (
    <nav className="tabs" aria-label={label}>
      {views.map(({ name, label: each, count, isTrouble }) => (
        <a
          key={name}
          href={`?view=${name}`}
          aria-current={name === chosen ? 'page' : undefined}
          onClick={(event) => {
            event.preventDefault();
            choose(name);
          }}
        >
          {each} {count !== undefined && <span className={isTrouble && count !== '0' ? 'n late' : 'n'}>{count}</span>}
        </a>
      ))}
      <span role="status" className="pill-place">
        {newCount > 0 && (
          <button type="button" className="pill" onClick={showNew}>
            <ArrowUpward className="i" />
            {say('queue.new', { smart_count: newCount })}
          </button>
        )}
      </span>
    </nav>
  );
}

interface ListFootProps {
  asked: ListAsked;
  list: Pick<List<unknown>, 'rows' | 'total' | 'totalIsCapped'>;
  /** More keys than those to move and open. */
  children?: ReactNode;
  opens?: boolean;
  /** Rows without keys: they are only read. */
  isPlain?: boolean;
}

/** Which rows are shown of how many, the pages, the keys. */
export function ListFoot({
  asked,
  list: { rows, total, totalIsCapped },
  children,
  opens = true,
  isPlain = false,
}: ListFootProps) {
  const say = useWords();
  const shown = rows?.length ?? 0;
  const first = (asked.page - 1) * rowsPerPage + 1;
  const isLast = first + shown > total && !totalIsCapped;
  const turn = (by: number) => asked.change({ page: String(asked.page + by) });
  const isPaged = asked.page > 1 || !isLast;
  const of = totalIsCapped ? `${total}+` : total;
  return (
    <div className={isPaged ? 'foot paged' : 'foot'}>
      {shown > 0 && <span>{say('list.shown', { from: first, to: first + shown - 1, total: of })}</span>}
      {isPaged && (
        <span className="row">
          <button type="button" className="btn q sm" disabled={asked.page === 1} onClick={() => turn(-1)}>
            {say('queue.previousPage')}
          </button>
          <button type="button" className="btn q sm" disabled={isLast} onClick={() => turn(1)}>
            {say('queue.nextPage')}
          </button>
        </span>
      )}
      {!isPlain && <span className="grow" />}
      {!isPlain && (
        <span className="wide">
          <Kbd>J</Kbd>
          <Kbd>K</Kbd>
          {say('queue.key.move')}
        </span>
      )}
      {opens && !isPlain && (
        <span className="wide">
          <Kbd>↵</Kbd>
          {say('queue.key.open')}
        </span>
      )}
      {children}
      {!isPlain && (
        <button type="button" className="bare wide" onClick={() => keysHelpIsOpen.set(true)}>
          <Kbd>?</Kbd>
          {say('queue.key.all')}
        </button>
      )}
    </div>
  );
}
