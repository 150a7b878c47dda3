import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { WordKey } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';
import { usePortalName } from './portals.ts';
import { TroublePlace } from './Trouble.tsx';
import { type List, type ListAsked, rowsPerPage } from './use-list.ts';

export interface ListColumn {
  name: string;
  word: WordKey;
  sort?: string;
  isRight?: boolean;
}

interface HeadProps {
  columns: readonly ListColumn[];
  asked: Pick<ListAsked, 'sort' | 'order' | 'change'>;
  /** A cell before the columns, as each row has one. */
  before?: ReactNode;
}

interface ListTableProps<Row> extends HeadProps {
  className: string;
  list: Pick<List<Row>, 'rows' | 'error' | 'isOld' | 'reload'>;
  /** What is shown, and said, when there is no row. */
  nothing: ReactNode;
  children: (row: Row) => ReactNode;
}

/** A list as it stands: why it cannot be had, that nothing is in it, or its rows under their heads. */
export function ListTable<Row extends { id: string }>({
  className,
  list: { rows, error, isOld, reload },
  nothing,
  children,
  ...head
}: ListTableProps<Row>) {
  if (error) return <TroublePlace error={error} retry={reload} />;
  if (rows?.length === 0 && !isOld) return nothing;
  return (
    <table className={`grid ${className}`}>
      <ListHead {...head} />
      {rows === undefined ? (
        <ListWaiting columns={head.columns} hasBefore={head.before !== undefined} />
      ) : (
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.id}>{children(row)}</Fragment>
          ))}
        </tbody>
      )}
    </table>
  );
}

/** The heads of a list's columns; those that sort are buttons. */
export function ListHead({ columns, asked, before }: HeadProps) {
  const say = useWords();
  return (
    <thead>
      <tr>
        {before}
        {columns.map(({ name, word, sort, isRight }) => {
          const isSorted = sort !== undefined && sort === asked.sort;
          const turned = isSorted && asked.order === 'asc' ? 'desc' : 'asc';
          const Arrow = asked.order === 'asc' ? ArrowUpward : ArrowDownward;
          return (
            <th
              key={name}
              scope="col"
              className={`c-${name}${isRight ? ' end' : ''}`}
              aria-sort={isSorted ? (asked.order === 'asc' ? 'ascending' : 'descending') : undefined}
            >
              {sort ? (
                <button
                  type="button"
                  className="bare"
                  title={say('queue.sortBy', { column: say(word) })}
                  onClick={() => asked.change({ sort, order: turned })}
                >
                  {say(word)}
                  {isSorted && <Arrow className="i" />}
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

interface ListWaitingProps {
  columns: readonly ListColumn[];
  hasBefore?: boolean;
}

/** Bars in the rows' own height and columns, shown only when it takes longer than 200 ms. */
export function ListWaiting({ columns, hasBefore = false }: ListWaitingProps) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 200);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return <tbody />;
  return (
    <tbody aria-hidden="true">
      {Array.from({ length: rowsPerPage }, (_, no) => no).map((no) => (
        <tr key={no}>
          {hasBefore && <td className="c-check" />}
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

interface ListRowProps {
  isSelected: boolean;
  select: () => void;
  open: () => void;
  children: ReactNode;
}

/** A row that can be chosen by a click or by the keys, and opened; its `RowLink` has the focus. */
export function ListRow({ isSelected, select, open, children }: ListRowProps) {
  return (
    <tr
      aria-current={isSelected ? 'true' : undefined}
      onClick={({ currentTarget }) => {
        select();
        currentTarget.querySelector<HTMLElement>('[data-row]')?.focus({ preventScroll: true });
      }}
      onDoubleClick={open}
    >
      {children}
    </tr>
  );
}

interface RowLinkProps extends Pick<ListRowProps, 'select' | 'open'> {
  id: string;
  to: string;
  title?: string;
  children: ReactNode;
}

/** What a row is about, as a link; with a modifier key the browser opens it elsewhere. */
export function RowLink({ id, to, title, select, open, children }: RowLinkProps) {
  return (
    <Link
      className="b cut"
      data-row={id}
      to={to}
      title={title}
      onFocus={select}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open();
      }}
    >
      <bdi>{children}</bdi>
    </Link>
  );
}

/** The first word of the portal's name; the whole of it when one points at it. */
export function PortalCell({ of }: { of: string }) {
  const name = usePortalName()(of);
  return (
    <td className="c-portal" title={name}>
      {name.split(' ')[0]}
    </td>
  );
}
