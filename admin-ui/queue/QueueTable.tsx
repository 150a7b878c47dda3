import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import ContentCopyOutlined from '@mui/icons-material/ContentCopyOutlined';
import StoreOutlined from '@mui/icons-material/StoreOutlined';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { type CaseRow, casePath, fullName } from '../cases/case.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { useNow } from '../parts/clock.ts';
import { EndsIn } from '../parts/EndsIn.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { PromiseChip } from '../parts/PromiseChip.tsx';
import { usePortalName } from '../parts/portals.ts';
import { StateOrTrouble } from '../parts/StateChip.tsx';
import { useMay, useMe } from '../parts/use-me.ts';
import type { WordKey } from '../words/catalogue.ts';
import { shortSpan } from '../words/dates.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { mayClaim } from './QueuePage.tsx';
import type { Checked } from './use-checked.ts';
import type { Asked } from './use-queue.ts';
import { perPage, type Sort } from './views.ts';

interface Column {
  name: string;
  word: WordKey;
  sort?: Sort;
  isRight?: boolean;
}

const columns: readonly Column[] = [
  { name: 'promise', word: 'queue.col.promise', sort: 'dueAt' },
  { name: 'name', word: 'queue.col.name' },
  { name: 'reference', word: 'queue.col.reference', sort: 'reference' },
  { name: 'kind', word: 'queue.col.kind' },
  { name: 'portal', word: 'queue.col.portal' },
  { name: 'state', word: 'queue.col.state' },
  { name: 'assignee', word: 'queue.col.assignee' },
  { name: 'waiting', word: 'queue.col.waitingOn' },
  { name: 'age', word: 'queue.col.age', sort: 'receivedAt', isRight: true },
  { name: 'ends', word: 'queue.col.endsIn', sort: 'expiresAt', isRight: true },
];

interface QueueTableProps {
  asked: Asked;
  /** undefined: still being read. */
  rows: readonly CaseRow[] | undefined;
  selected: CaseRow | undefined;
  select: (row: CaseRow) => void;
  open: (row: CaseRow) => void;
  claim: (row: CaseRow) => Promise<void>;
  hasPreview: boolean;
  /** Undefined for who cannot do anything with many at once. */
  checked: Checked | undefined;
}

/** Dense rows with fixed widths; the name takes the rest. Which columns go when it gets narrow is said in frame.css. */
export function QueueTable({ asked, rows, selected, select, open, claim, hasPreview, checked }: QueueTableProps) {
  return (
    <table className={hasPreview ? 'grid queue' : 'grid queue wider'}>
      <Head asked={asked} checked={checked} rowCount={rows?.length ?? 0} />
      {rows === undefined ? (
        <Waiting isTicked={checked !== undefined} />
      ) : (
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              isSelected={row.id === selected?.id}
              select={select}
              open={open}
              claim={claim}
              checked={checked}
            />
          ))}
        </tbody>
      )}
    </table>
  );
}

function Head({ asked, checked, rowCount }: { asked: Asked; checked: Checked | undefined; rowCount: number }) {
  const say = useWords();
  return (
    <thead>
      <tr>
        {checked && (
          <td className="c-check">
            <Tick
              label={say('queue.bulk.checkAll')}
              isTicked={rowCount > 0 && checked.rows.length === rowCount}
              isPartly={checked.rows.length > 0 && checked.rows.length < rowCount}
              toggle={checked.toggleAll}
            />
          </td>
        )}
        {columns.map(({ name, word, sort, isRight }) => {
          const isSorted = sort !== undefined && sort === asked.sort;
          const direction = asked.order === 'asc' ? 'ascending' : 'descending';
          const turned = isSorted && asked.order === 'asc' ? 'desc' : 'asc';
          return (
            <th
              key={name}
              scope="col"
              className={`c-${name}${isRight ? ' end' : ''}`}
              aria-sort={isSorted ? direction : undefined}
            >
              {sort ? (
                <button
                  type="button"
                  className="bare"
                  title={say('queue.sortBy', { column: say(word) })}
                  onClick={() => asked.change({ sort, order: turned })}
                >
                  {say(word)}
                  {isSorted &&
                    (asked.order === 'asc' ? <ArrowUpward className="i" /> : <ArrowDownward className="i" />)}
                </button>
              ) : (
                say(word)
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface RowProps extends Pick<QueueTableProps, 'select' | 'open' | 'claim' | 'checked'> {
  row: CaseRow;
  isSelected: boolean;
}

function Row({ row, isSelected, select, open, claim, checked }: RowProps) {
  const say = useWords();
  const word = useCodeWord(row.kind);
  const portalName = usePortalName();
  const now = useNow(60_000).getTime();
  return (
    <tr
      aria-current={isSelected ? 'true' : undefined}
      onClick={({ currentTarget }) => {
        select(row);
        currentTarget.querySelector<HTMLElement>('[data-row]')?.focus({ preventScroll: true });
      }}
      onDoubleClick={() => open(row)}
    >
      {checked && (
        <td className="c-check">
          <Tick
            label={say('queue.bulk.check', { reference: row.reference })}
            isTicked={checked.has(row)}
            toggle={() => checked.toggle(row)}
          />
        </td>
      )}
      <td className="c-promise">
        <PromiseChip of={row} />
      </td>
      <td className="c-name">
        <span className="row">
          <Link
            className="b cut"
            data-row={row.id}
            to={casePath(row.id)}
            title={fullName(row)}
            onFocus={() => select(row)}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              open(row);
            }}
          >
            <bdi>{fullName(row)}</bdi>
          </Link>
          {row.flags.includes('possible_duplicate') && (
            <ContentCopyOutlined className="i due" titleAccess={word('flag', 'possible_duplicate')} />
          )}
          {row.kind === 'application' && row.source === 'office' && (
            <StoreOutlined className="i m" titleAccess={say('said.office')} />
          )}
        </span>
      </td>
      <td className="c-reference ref">{row.reference}</td>
      <td className="c-kind">{word('kind', row.kind)}</td>
      <td className="c-portal" title={portalName(row.portal)}>
        {portalName(row.portal).split(' ')[0]}
      </td>
      <td className="c-state">
        <StateOrTrouble of={row} />
      </td>
      <td className="c-assignee">
        <Assignee row={row} claim={claim} />
      </td>
      <td className="c-waiting">{row.waitingOn ? word('waitingOn', row.waitingOn) : <span className="m">–</span>}</td>
      <td className="c-age end">{shortSpan(now - new Date(row.receivedAt).getTime())}</td>
      <td className="c-ends end">
        <EndsIn at={row.expiresAt} now={now} />
      </td>
    </tr>
  );
}

interface TickProps {
  label: string;
  isTicked: boolean;
  isPartly?: boolean;
  toggle: () => void;
}

/** A box with room around it to be hit; ticking it does not choose the row. */
function Tick({ label, isTicked, isPartly = false, toggle }: TickProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box has its keys
    <label onClick={(event) => event.stopPropagation()} onDoubleClick={(event) => event.stopPropagation()}>
      <input
        type="checkbox"
        aria-label={label}
        checked={isTicked}
        ref={(box) => {
          if (box) box.indeterminate = isPartly;
        }}
        onChange={toggle}
      />
    </label>
  );
}

export function Assignee({ row, claim }: { row: CaseRow; claim: (row: CaseRow) => Promise<void> }) {
  const say = useWords();
  const me = useMe();
  const may = useMay();
  if (row.assignee !== null) {
    const isMe = row.assignee === me.id;
    const name = row.assigneeName ?? '';
    return (
      <span className="row who" title={name}>
        <Avatar name={name} isMe={isMe} />
        <span className="cut">{isMe ? say('said.you') : name.split(' ')[0]}</span>
      </span>
    );
  }
  return (
    <span className={mayClaim(row, may('case.claim')) ? 'claimable' : undefined}>
      <span className="m">{say('said.nobody')}</span>
      {mayClaim(row, may('case.claim')) && (
        <button
          type="button"
          className="btn sm"
          tabIndex={-1}
          aria-label={`${say('do.claim')} ${row.reference}`}
          onClick={(event) => {
            event.stopPropagation();
            void claim(row);
          }}
        >
          {say('do.claim')} <Kbd>C</Kbd>
        </button>
      )}
    </span>
  );
}

/** Bars in the rows' own height and columns, shown only when it takes longer than 200 ms. */
function Waiting({ isTicked }: { isTicked: boolean }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 200);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return <tbody />;
  return (
    <tbody aria-hidden="true">
      {Array.from({ length: perPage }, (_, no) => no).map((no) => (
        <tr key={no}>
          {isTicked && <td className="c-check" />}
          {columns.map(({ name }, column) => (
            <td key={name} className={`c-${name}`}>
              <span className="skel" style={{ width: `${45 + ((no * 13 + column * 29) % 45)}%` }} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
