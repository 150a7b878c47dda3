import Close from '@mui/icons-material/Close';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import OpenInFull from '@mui/icons-material/OpenInFull';
import PersonSearchOutlined from '@mui/icons-material/PersonSearchOutlined';
import SearchOffOutlined from '@mui/icons-material/SearchOffOutlined';
import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { listPatientRecords } from '../../contract/routes/staff/patient-records.ts';
import { useKeys } from '../keys/keys.ts';
import { chosenPortal } from '../layout/choices.ts';
import { Empty } from '../parts/Empty.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { useKept } from '../parts/kept.ts';
import { ListFoot, ListSearch } from '../parts/ListParts.tsx';
import { type ListColumn, ListRow, ListTable, PortalCell, RowLink } from '../parts/ListTable.tsx';
import { Pane } from '../parts/Pane.tsx';
import { useIsWide } from '../parts/screen-width.ts';
import { useStayedOn } from '../parts/stayed-on.ts';
import { useCall } from '../parts/use-call.ts';
import { type ListAsked, useList, useListAsked } from '../parts/use-list.ts';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { useSelection } from '../queue/use-selection.ts';
import { dateInWords } from '../words/dates.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { AccountsOf, CasesOf } from './PersonLinks.tsx';
import { RecordFlags } from './RecordFlags.tsx';
import { RecordProfile } from './RecordProfile.tsx';
import { isToSend, type PatientRecord, recordPath, records, searchedRecords } from './records.ts';
import { SendRegistrationLink } from './SendRegistration.tsx';
import '../look/listing.css';

const columns: readonly ListColumn[] = [
  { name: 'name', word: 'records.col.name', sort: 'lastName' },
  { name: 'mrn', word: 'records.col.mrn', sort: 'mrn' },
  { name: 'born', word: 'records.col.born', sort: 'dateOfBirth' },
  { name: 'postal', word: 'records.col.postal' },
  { name: 'practice', word: 'records.col.practice' },
  { name: 'portal', word: 'records.col.portal' },
];

/** Everybody the organisation knows: search, and a profile beside the list with what Gatehouse has of the person. */
export function RecordsPage() {
  const say = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const isWide = useIsWide();
  const [q] = useKept(searchedRecords);
  const asked = useListAsked(records, q);
  const list = useList(records, asked.query);
  const rows = list.rows ?? [];
  const { selected, select, moveBy, remember } = useSelection(rows, '/records');
  const [isPreviewOpen, setPreviewOpen] = useState(true);
  const { state } = useLocation();
  const [isChoosing] = useState(() => isToSend(state)); // stays while one searches, which writes the address anew
  const hasPreview = isWide && isPreviewOpen && selected !== undefined;
  usePageTitle(say('records.title'));

  const open = ({ id }: PatientRecord) => {
    remember(id);
    navigate(recordPath(id));
  };
  useKeys({ j: () => moveBy(1), k: () => moveBy(-1), enter: selected && (() => open(selected)) });

  return (
    <>
      <div className="head listing-head ruled">
        <h1>{say('records.title')}</h1>
        <ListSearch of={searchedRecords} label={say('records.search')} changed={() => asked.change({})} />
        <span className="grow" />
        {may('record.import') && (
          <Link className="btn" to="/records/import">
            <UploadFileOutlined className="i" />
            {say('records.import')}
          </Link>
        )}
      </div>
      {isChoosing && (
        <div className="banner acc" role="status">
          <ForwardToInboxOutlined className="i" />
          <p className="grow">{say('records.chooseToSend')}</p>
        </div>
      )}
      <div className={hasPreview ? 'split' : 'split alone'}>
        <Pane className="pane" label={say('records.title')} isBusy={list.isLoading || list.isOld}>
          <ListTable
            className={hasPreview ? 'listing records beside' : 'listing records'}
            columns={columns}
            asked={asked}
            list={list}
            nothing={<Nothing asked={asked} />}
          >
            {(row) => (
              <Row
                of={row}
                isSelected={row.id === selected?.id}
                select={() => {
                  select(row);
                  setPreviewOpen(true);
                }}
                open={() => open(row)}
              />
            )}
          </ListTable>
        </Pane>
        {hasPreview && (
          <Preview
            row={selected}
            open={() => open(selected)}
            close={() => setPreviewOpen(false)}
            remember={() => remember(selected.id)}
          />
        )}
      </div>
      <ListFoot asked={asked} list={list}>
        <span className="wide">
          <Kbd>/</Kbd>
          {say('queue.key.search')}
        </span>
      </ListFoot>
    </>
  );
}

interface RowProps {
  of: PatientRecord;
  isSelected: boolean;
  select: () => void;
  open: () => void;
}

function Row({ of, isSelected, select, open }: RowProps) {
  const [language] = useLanguage();
  return (
    <ListRow isSelected={isSelected} select={select} open={open}>
      <td className="c-name">
        <span className="row">
          <RowLink id={of.id} to={recordPath(of.id)} select={select} open={open}>
            {of.lastName}, {of.firstName}
          </RowLink>
          <RecordFlags of={of} />
        </span>
      </td>
      <td className="c-mrn ref">{of.mrn}</td>
      <td className="c-born">{dateInWords(of.dateOfBirth, language)}</td>
      <td className="c-postal">{of.postalCode ?? '–'}</td>
      <td className="c-practice" title={of.practice ?? undefined}>
        {of.practice ?? '–'}
      </td>
      <PortalCell of={of.portal} />
    </ListRow>
  );
}

interface PreviewProps {
  row: PatientRecord;
  open: () => void;
  close: () => void;
  /** One leaves the list for this record. */
  remember: () => void;
}

function Preview({ row, open, close, remember }: PreviewProps) {
  const say = useWords();
  const stayedOn = useStayedOn(row.id);
  // Reading exactly one is opening it: the audit has it.
  const isRead = stayedOn === row.id;
  const { data } = useCall(listPatientRecords, { query: { id: [row.id] } }, { enabled: isRead });
  const shown = data?.data[0] ?? row;
  return (
    <Pane as="aside" className="pane side" label={say('records.preview')}>
      <div className="sec">
        <div className="row">
          <h2 className="pane-title cut">
            <bdi>
              {row.firstName} {row.lastName}
            </bdi>
          </h2>
          <span className="grow" />
          <button type="button" className="btn q sm ic" aria-label={say('queue.previewOpen')} onClick={open}>
            <OpenInFull className="i" />
          </button>
          <button type="button" className="btn q sm ic" aria-label={say('records.previewClose')} onClick={close}>
            <Close className="i" />
          </button>
        </div>
        <div className="row wrap s">
          <span className="ref">{row.mrn}</span>
        </div>
      </div>
      {isRead ? (
        <>
          <SendRegistrationLink of={shown} leave={remember} />
          <RecordProfile of={shown} />
          <AccountsOf recordId={shown.id} />
          <CasesOf of={{ patientRecordId: shown.id }} none={say('records.noCases')} />
        </>
      ) : (
        <div className="sec" aria-busy="true" />
      )}
    </Pane>
  );
}

function Nothing({ asked }: { asked: ListAsked }) {
  const say = useWords();
  const [portal, choosePortal] = useKept(chosenPortal);
  if (asked.q === '' && portal === undefined) {
    return (
      <Empty icon={<PersonSearchOutlined className="i" />} title={say('records.empty.title')}>
        {say('records.empty.why')}
      </Empty>
    );
  }
  return (
    <Empty
      icon={<SearchOffOutlined className="i" />}
      title={asked.q ? say('records.empty.search', { q: asked.q }) : say('records.empty.title')}
      actions={
        <>
          {portal !== undefined && (
            <button type="button" className="btn" onClick={() => choosePortal(undefined)}>
              {say('records.empty.portal')}
            </button>
          )}
          {asked.q !== '' && (
            <button type="button" className="btn q" onClick={() => searchedRecords.set('')}>
              {say('records.empty.clear')}
            </button>
          )}
        </>
      }
    >
      {say(asked.q ? 'records.empty.searchWhy' : 'records.empty.why')}
    </Empty>
  );
}
