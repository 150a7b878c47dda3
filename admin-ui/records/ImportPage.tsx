import ArrowBack from '@mui/icons-material/ArrowBack';
import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Problem } from '../../contract/problems.ts';
import type { WireResult } from '../../contract/route.ts';
import { importPatientRecords, listPatientRecords } from '../../contract/routes/staff/patient-records.ts';
import { useKeys } from '../keys/keys.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { chosenPortal } from '../layout/choices.ts';
import { NotFoundPage } from '../layout/NotFoundPage.tsx';
import { Field } from '../parts/Field.tsx';
import { notice } from '../parts/notices.tsx';
import { Pane } from '../parts/Pane.tsx';
import { usePortals } from '../parts/portals.ts';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { call } from '../server/calls.ts';
import { useWords } from '../words/use-words.ts';
import { type CsvFile, readCsvFile, type Unusable } from './csv-file.ts';
import { ImportResult } from './ImportResult.tsx';
import '../look/listing.css';

export type Imported = WireResult<typeof importPatientRecords>;

/** A file of records from the organisation's own system: chosen, sent, and what became of each row. */
export function ImportPage() {
  const say = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const [imported, setImported] = useState<Imported | undefined>(undefined);
  usePageTitle(say('import.title'));
  const back = () => navigate('/records');
  useKeys({ escape: back });
  if (!may('record.import')) return <NotFoundPage />;
  return (
    <>
      <div className="head of-case">
        <Link className="btn q ic" aria-label={say('records.back')} to="/records">
          <ArrowBack className="i l" />
        </Link>
        <h1 className="cut">{say('import.title')}</h1>
        {imported && (
          <>
            <span className="grow" />
            <button type="button" className="btn" onClick={() => setImported(undefined)}>
              {say('import.again')}
            </button>
          </>
        )}
      </div>
      <Pane className="pane" label={say('import.title')}>
        {imported ? <ImportResult of={imported} /> : <ImportForm done={setImported} />}
      </Pane>
    </>
  );
}

function ImportForm({ done }: { done: (imported: Imported) => void }) {
  const say = useWords();
  const isLost = useIsLost();
  const portals = usePortals();
  const queries = useQueryClient();
  const [portal, setPortal] = useState(chosenPortal.get() ?? '');
  const [file, setFile] = useState<CsvFile | Unusable | undefined>(undefined);
  const [error, setError] = useState<unknown>();
  const [isWanted, setWanted] = useState(false);
  const [isPending, setPending] = useState(false);
  /** One key per try: the same file for the same portal sent twice is one import. */
  const tried = useRef<{ portal: string; text: string; key: string } | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const chosen = typeof file === 'object' ? file : undefined;
  const errors = error instanceof Problem ? (error.errors ?? {}) : {};
  const fileError = typeof file === 'string' ? say(`import.${file}`) : errors.csv;

  const choose = async (files: FileList | null) => {
    const [first] = files ?? [];
    if (!first || isPending) return;
    setError(undefined);
    setFile(await readCsvFile(first));
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWanted(true);
    if (isPending || isLost || !chosen || portal === '') return;
    setError(undefined);
    setPending(true);
    const { text } = chosen;
    if (tried.current?.portal !== portal || tried.current.text !== text) {
      tried.current = { portal, text, key: crypto.randomUUID() };
    }
    try {
      const body = { portal, csv: text };
      const answer = await call(importPatientRecords, { body, idempotencyKey: tried.current.key });
      void queries.invalidateQueries({ queryKey: ['list', listPatientRecords.name] });
      const { created, updated, refused } = answer.body;
      notice({ text: say('import.done', { created, updated, refused }) });
      done(answer.body);
    } catch (refused) {
      setError(refused);
    } finally {
      setPending(false);
    }
  };
  useEffect(() => {
    if (error !== undefined || isWanted) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [error, isWanted]);

  return (
    <form className="import stack" ref={form} onSubmit={send} noValidate>
      <p className="s">{say('import.intro')}</p>
      <p className="s">{say('import.how')}</p>
      {error !== undefined && <TroubleNote error={error} />}
      <Field
        label={say('import.portal')}
        error={errors.portal ?? (isWanted && portal === '' ? say('import.portalNeeded') : undefined)}
      >
        {(input) => (
          <select {...input} value={portal} onChange={({ target }) => setPortal(target.value)}>
            <option value="">{say('import.choosePortal')}</option>
            {portals.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={say('import.file')}
        error={fileError ?? (isWanted && !file ? say('import.fileNeeded') : undefined)}
        hint={
          chosen &&
          `${say('import.chosen', { name: chosen.name, smart_count: chosen.rows })}. ${say('import.columns', { columns: chosen.columns.join(', ') })}`
        }
      >
        {(input) => (
          <div className="drop">
            <UploadFileOutlined className="i l" />
            <span>{say(chosen ? 'import.other' : 'import.choose')}</span>
            <input
              {...input}
              className="drop-file"
              type="file"
              accept=".csv,text/csv"
              onChange={({ target }) => void choose(target.files)}
            />
          </div>
        )}
      </Field>
      <div className="row wrap">
        <button type="submit" className="btn p" disabled={isLost} aria-disabled={isPending}>
          {chosen ? say('import.do', { smart_count: chosen.rows }) : say('import.doNothing')}
        </button>
        <span className="s" role="status">
          {isPending && say('import.running')}
        </span>
      </div>
    </form>
  );
}
