import ContentCopyOutlined from '@mui/icons-material/ContentCopyOutlined';
import StoreOutlined from '@mui/icons-material/StoreOutlined';
import { type CaseRow, casePath, fullName } from '../cases/case.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { useNow } from '../parts/clock.ts';
import { EndsIn } from '../parts/EndsIn.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { type ListColumn, ListRow, ListTable, PortalCell, RowLink } from '../parts/ListTable.tsx';
import { PromiseChip } from '../parts/PromiseChip.tsx';
import { StateOrTrouble } from '../parts/StateChip.tsx';
import { useMay, useMe } from '../parts/use-me.ts';
import { shortSpan } from '../words/dates.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { QueueEmpty } from './QueueEmpty.tsx';
import { mayClaim } from './QueuePage.tsx';
import type { Checked } from './use-checked.ts';
import type { Asked, Queue } from './use-queue.ts';

const columns: readonly ListColumn[] = [
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
  queue: Queue;
  selected: CaseRow | undefined;
  select: (row: CaseRow) => void;
  open: (row: CaseRow) => void;
  claim: (row: CaseRow) => Promise<void>;
  hasPreview: boolean;
  /** Undefined for who cannot do anything with many at once. */
  checked: Checked | undefined;
}

/** Dense rows with fixed widths; the name takes the rest. Which columns go when it gets narrow is said in frame.css. */
export function QueueTable({ asked, queue, selected, select, open, claim, hasPreview, checked }: QueueTableProps) {
  return (
    <ListTable
      className={hasPreview ? 'queue' : 'queue wider'}
      columns={columns}
      asked={asked}
      list={queue}
      nothing={<QueueEmpty asked={asked} />}
      before={checked && <TickOfAll checked={checked} rowCount={queue.rows?.length ?? 0} />}
    >
      {(row) => (
        <Row
          row={row}
          isSelected={row.id === selected?.id}
          select={() => select(row)}
          open={() => open(row)}
          claim={claim}
          checked={checked}
        />
      )}
    </ListTable>
  );
}

function TickOfAll({ checked, rowCount }: { checked: Checked; rowCount: number }) {
  const say = useWords();
  return (
    <td className="c-check">
      <Tick
        label={say('queue.bulk.checkAll')}
        isTicked={rowCount > 0 && checked.rows.length === rowCount}
        isPartly={checked.rows.length > 0 && checked.rows.length < rowCount}
        toggle={checked.toggleAll}
      />
    </td>
  );
}

interface RowProps extends Pick<QueueTableProps, 'claim' | 'checked'> {
  row: CaseRow;
  isSelected: boolean;
  select: () => void;
  open: () => void;
}

function Row({ row, isSelected, select, open, claim, checked }: RowProps) {
  const say = useWords();
  const word = useCodeWord(row.kind);
  const now = useNow(60_000).getTime();
  return (
    <ListRow isSelected={isSelected} select={select} open={open}>
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
          <RowLink id={row.id} to={casePath(row.id)} title={fullName(row)} select={select} open={open}>
            {fullName(row)}
          </RowLink>
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
      <PortalCell of={row.portal} />
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
    </ListRow>
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
