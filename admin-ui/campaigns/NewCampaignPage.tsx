import ArrowBack from '@mui/icons-material/ArrowBack';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { Problem } from '../../contract/problems.ts';
import { createCampaign } from '../../contract/routes/staff/campaigns.ts';
import { campaignPace } from '../../contract/schemas/campaign.ts';
import { useKeys } from '../keys/keys.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { chosenPortal } from '../layout/choices.ts';
import { NotFoundPage } from '../layout/NotFoundPage.tsx';
import { Field } from '../parts/Field.tsx';
import { Pane } from '../parts/Pane.tsx';
import { usePortals } from '../parts/portals.ts';
import { saveCsv } from '../parts/save-file.ts';
import { TroubleNote } from '../parts/Trouble.tsx';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { type CsvFile, readCsvFile, type Unusable } from '../records/csv-file.ts';
import { call } from '../server/calls.ts';
import { useWords } from '../words/use-words.ts';
import { campaignPath, campaigns, exampleFile } from './campaigns.ts';
import { campaignOf, missingIn, nothingTyped, type TypedCampaign, typedIn } from './typed-campaign.ts';
import '../look/listing.css';
import './campaigns.css';

/** Whom a campaign goes to, and how fast. Sending comes later: first every row is judged. */
export function NewCampaignPage() {
  const say = useWords();
  const may = useMay();
  const navigate = useNavigate();
  usePageTitle(say('campaigns.newTitle'));
  useKeys({ escape: () => navigate('/campaigns') });
  if (!may('campaign.manage')) return <NotFoundPage />;
  return (
    <>
      <div className="head of-case">
        <Link className="btn q ic" aria-label={say('campaigns.back')} to="/campaigns">
          <ArrowBack className="i l" />
        </Link>
        <h1 className="cut">{say('campaigns.newTitle')}</h1>
      </div>
      <Pane className="pane" label={say('campaigns.newTitle')}>
        <CampaignForm />
      </Pane>
    </>
  );
}

function CampaignForm() {
  const say = useWords();
  const isLost = useIsLost();
  const navigate = useNavigate();
  const portals = usePortals();
  const form = useRef<HTMLFormElement>(null);
  const { state } = useLocation();
  const [given, setGiven] = useState<TypedCampaign>(() => ({
    ...nothingTyped,
    portal: chosenPortal.get() ?? '',
    ...typedIn(state),
  }));
  const [file, setFile] = useState<CsvFile | Unusable | undefined>(undefined);
  const [isWanted, setWanted] = useState(false);
  const { judge, isJudging, error } = useJudge();
  const only = portals.length === 1 ? portals[0] : undefined;
  const isKnown = portals.some(({ id }) => id === given.portal);
  const typed = { ...given, portal: isKnown ? given.portal : (only?.id ?? '') };
  const change = (to: Partial<TypedCampaign>) => setGiven({ ...typed, ...to });
  const chosen = typeof file === 'object' ? file : undefined;
  const missing = missingIn(typed, chosen !== undefined);
  const errors: Readonly<Record<string, string>> = error instanceof Problem ? (error.errors ?? {}) : {};
  const told = (field: keyof typeof missing) => (isWanted && missing[field] ? say(missing[field]) : errors[field]);

  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    setWanted(true);
    if (isLost || Object.keys(missing).length > 0) {
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    const judged = await judge(campaignOf(typed, chosen?.text));
    if (judged) navigate(campaignPath(judged.id));
  };
  useKeys({ 'ctrl+enter': () => void submit() });
  useEffect(() => {
    if (error !== undefined) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [error]);

  return (
    <form className="import stack" ref={form} onSubmit={submit} noValidate>
      <p className="s">{say('campaigns.newLead')}</p>
      {error !== undefined && <TroubleNote error={error} />}
      <Field label={say('campaigns.name')} error={told('name')} hint={say('campaigns.nameHint')}>
        {(input) => (
          <input
            {...input}
            maxLength={100}
            autoComplete="off"
            value={typed.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </Field>
      <Field label={say('queue.col.portal')} error={told('portal')}>
        {(input) => (
          <select {...input} value={typed.portal} onChange={({ target }) => change({ portal: target.value })}>
            <option value="">{say('import.choosePortal')}</option>
            {portals.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <fieldset className="radio one-column">
        <legend className="meta b s">{say('campaigns.whom')}</legend>
        {(['csv', 'records'] as const).map((source) => (
          <label key={source}>
            <input type="radio" name="source" checked={typed.source === source} onChange={() => change({ source })} />
            {say(`campaigns.source.${source}`)}
          </label>
        ))}
      </fieldset>
      {typed.source === 'csv' ? (
        <>
          <FileField file={file} setFile={setFile} error={told('csv')} />
          <Example />
        </>
      ) : (
        <RecordsFields typed={typed} change={change} errors={errors} />
      )}
      <Field
        label={say('campaigns.pace')}
        error={told('perMinute')}
        hint={say('campaigns.paceHint', { usual: campaignPace.perMinute, most: campaignPace.most })}
      >
        {(input) => (
          <input
            {...input}
            type="number"
            inputMode="numeric"
            min={1}
            max={campaignPace.most}
            value={typed.perMinute}
            onChange={({ target }) => change({ perMinute: target.value })}
          />
        )}
      </Field>
      <div className="row wrap">
        <button type="submit" className="btn p" disabled={isLost} aria-disabled={isJudging}>
          {say('campaigns.judge')}
        </button>
        <span className="s" role="status">
          {say(isJudging ? 'campaigns.judging' : 'campaigns.judgeWhy')}
        </span>
      </div>
    </form>
  );
}

interface FileFieldProps {
  file: CsvFile | Unusable | undefined;
  setFile: (file: CsvFile | Unusable) => void;
  error: string | undefined;
}

function FileField({ file, setFile, error }: FileFieldProps) {
  const say = useWords();
  const chosen = typeof file === 'object' ? file : undefined;
  const choose = async (files: FileList | null) => {
    const [first] = files ?? [];
    if (first) setFile(await readCsvFile(first));
  };
  return (
    <Field
      label={say('import.file')}
      error={typeof file === 'string' ? say(`import.${file}`) : error}
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
  );
}

/** What the file looks like, to be read and to be taken. */
function Example() {
  const say = useWords();
  return (
    <figure className="example">
      <figcaption className="row">
        <span className="meta s grow">{say('campaigns.example')}</span>
        <button type="button" className="btn q sm" onClick={() => saveCsv(exampleFile, 'campaign-example.csv')}>
          <DownloadOutlined className="i" />
          {say('campaigns.exampleTake')}
        </button>
      </figcaption>
      <pre className="code">{exampleFile}</pre>
      <p className="meta m">{say('campaigns.exampleWhy')}</p>
    </figure>
  );
}

interface RecordsFieldsProps {
  typed: TypedCampaign;
  change: (to: Partial<TypedCampaign>) => void;
  errors: Readonly<Record<string, string>>;
}

function RecordsFields({ typed, change, errors }: RecordsFieldsProps) {
  const say = useWords();
  return (
    <>
      <Field
        label={say('field.optional', { label: say('records.practice') })}
        hint={say('campaigns.practiceHint')}
        error={errors['records.practice']}
      >
        {(input) => (
          <input
            {...input}
            maxLength={200}
            autoComplete="off"
            value={typed.practice}
            onChange={({ target }) => change({ practice: target.value })}
          />
        )}
      </Field>
      <Field
        label={say('field.optional', { label: say('campaigns.found') })}
        hint={say('campaigns.foundHint')}
        error={errors['records.q'] ?? errors.records}
      >
        {(input) => (
          <input
            {...input}
            type="search"
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            value={typed.q}
            onChange={({ target }) => change({ q: target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** The dry run, once for each wording of the form. */
function useJudge() {
  const queries = useQueryClient();
  const tried = useRef<{ of: string; key: string } | undefined>(undefined);
  const isBusy = useRef(false);
  const [isJudging, setJudging] = useState(false);
  const [error, setError] = useState<unknown>();
  const judge = async (body: ReturnType<typeof campaignOf>) => {
    if (isBusy.current) return undefined;
    const of = JSON.stringify(body);
    if (tried.current?.of !== of) tried.current = { of, key: crypto.randomUUID() };
    isBusy.current = true;
    setJudging(true);
    setError(undefined);
    try {
      const { body: judged } = await call(createCampaign, { body, idempotencyKey: tried.current.key });
      void queries.invalidateQueries({ queryKey: ['list', campaigns.name] });
      return judged;
    } catch (refused) {
      setError(refused);
      return undefined;
    } finally {
      isBusy.current = false;
      setJudging(false);
    }
  };
  return { judge, isJudging, error };
}
