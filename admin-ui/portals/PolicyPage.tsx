import ArrowBack from '@mui/icons-material/ArrowBack';
import EditOutlined from '@mui/icons-material/EditOutlined';
import ErrorIcon from '@mui/icons-material/Error';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { Problem } from '../../contract/problems.ts';
import { listPolicyVersions, listPortals, readPolicy, replacePolicy } from '../../contract/routes/staff/portals.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { useKeys } from '../keys/keys.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { Field } from '../parts/Field.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { notice } from '../parts/notices.tsx';
import { Pane } from '../parts/Pane.tsx';
import { usePortalName } from '../parts/portals.ts';
import { TroubleNote, TroublePlace } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay, useMe } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { call } from '../server/calls.ts';
import { useWords } from '../words/use-words.ts';
import { changedBetween, edited, useEdits, useWhy, valueAt, withEdits } from './draft.ts';
import { fieldErrors, firstPathOf, noteError, withoutErrorsOf } from './field-errors.ts';
import { PolicyField } from './PolicyField.tsx';
import { PolicyHistory } from './PolicyHistory.tsx';
import { PolicySections, useSection } from './PolicySections.tsx';
import { PolicySide } from './PolicySide.tsx';
import './portals.css';
import { StaleBanner } from './StaleBanner.tsx';
import { type Path, type Section, sectionOf, settings } from './settings.ts';
import { ThemePreview } from './ThemePreview.tsx';

/** A portal's policy: read, changed as a draft beside what is in force, saved as the next version. */
export function PolicyPage() {
  const say = useWords();
  const { portal = '' } = useParams();
  const { data, error, refetch } = useCall(readPolicy, { params: { portal } });
  usePageTitle(`${say('policy.title')} – ${usePortalName()(portal)}`);
  if (error && !data) return <TroublePlace error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return <Editor key={portal} portal={portal} newest={data as Policy} readAgain={() => void refetch()} />;
}

function Waiting() {
  const say = useWords();
  return (
    <>
      <div className="head">
        <h1>{say('policy.title')}</h1>
      </div>
      <div className="pane" aria-busy="true">
        {[...'1234567'].map((_, no) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
          <div className="set" key={no}>
            <span className={`skel w${no % 3}`} />
            <span className="skel w1" />
          </div>
        ))}
      </div>
    </>
  );
}

interface EditorProps {
  portal: string;
  newest: Policy;
  readAgain: () => void;
}

function Editor({ portal, newest, readAgain }: EditorProps) {
  const say = useWords();
  const isLost = useIsLost();
  const mayChange = useMay()('policy.replace');
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const draftKey = `${useMe().id} ${portal}`;
  const [edits, setEdits] = useEdits(draftKey);
  const [why, setWhy] = useWhy(draftKey);
  const [section, setSection] = useSection();
  /** What the edits stand on; a newer version waits until it is taken. */
  const [base, setBase] = useState(newest);
  const [error, setError] = useState<unknown>();
  const [refusals, setRefusals] = useState(0);
  const [isPending, setPending] = useState(false);
  const draft = withEdits(base, edits);
  const changed = settings.filter(({ path }) => path in edits);
  const isStale = newest.version > base.version && changed.length > 0;
  const errors = fieldErrors(error, say);

  useEffect(() => {
    if (changed.length === 0 && newest.version > base.version) setBase(newest);
  }, [newest, base.version, changed.length]);

  const change = (path: Path, value: unknown) => {
    setEdits(edited(edits, base, path, value));
    setError((before: unknown) => withoutErrorsOf(before, path));
  };
  const changeWhy = (next: string) => {
    setWhy(next);
    setError((before: unknown) => withoutErrorsOf(before, 'note'));
  };
  const putBack = (former: Policy) => {
    const before = edits;
    setEdits(changedBetween(base, former).reduce((all, path) => edited(all, base, path, valueAt(former, path)), {}));
    setError(undefined);
    notice({
      text: say('policy.said.putBack', { version: former.version }),
      action: { label: say('policy.undo'), do: () => setEdits(before) },
    });
  };
  const takeNewest = () => {
    const kept = changed.reduce((all, { path }) => edited(all, newest, path, edits[path]), {});
    setBase(newest);
    setEdits(kept);
    setError(undefined);
  };
  const discard = () => {
    const undo = () => {
      setEdits(edits);
      setWhy(why);
    };
    setEdits({});
    setWhy('');
    setError(undefined);
    setBase(newest);
    notice({ text: say('policy.said.discarded'), action: { label: say('policy.undo'), do: undo } });
  };
  const save = async () => {
    if (isPending || isLost || isStale || changed.length === 0) return;
    setPending(true);
    setError(undefined);
    try {
      const note = why.trim();
      const { body } = await call(replacePolicy, {
        params: { portal },
        body: { ...draft, ...(note !== '' && { note }) },
      });
      setEdits({});
      setWhy('');
      setBase(body as Policy);
      queries.setQueryData([readPolicy.name, { portal }, {}], body);
      void queries.invalidateQueries({ queryKey: [readPolicy.name] });
      void queries.invalidateQueries({ queryKey: [listPolicyVersions.name] });
      void queries.invalidateQueries({ queryKey: [listPortals.name] });
      notice({ text: say('policy.said.saved', { version: body.version }) });
    } catch (refused) {
      if (refused instanceof Problem && refused.code === 'stale_version') readAgain();
      else {
        setError(refused);
        setRefusals((before) => before + 1);
        const first = firstPathOf(refused);
        const place = first && sectionOf(first);
        if (place) setSection(place.name);
      }
    } finally {
      setPending(false);
    }
  };
  useKeys({ 'ctrl+enter': mayChange ? () => void save() : undefined });
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [refusals]);

  const next = Math.max(base.version, newest.version) + 1;
  return (
    <>
      <div className="head of-policy">
        <Link className="btn q ic" to="/portals" aria-label={say('policy.back')}>
          <ArrowBack className="i" />
        </Link>
        <h1>{say('policy.of', { name: base.name })}</h1>
        {changed.length > 0 && (
          <span className="tag acc">
            <EditOutlined className="i" />
            {say('policy.draft', { version: next })}
          </span>
        )}
        <span className="m">{say('policy.inForce', { version: newest.version })}</span>
        <span className="grow" />
        {!mayChange && <span className="m meta">{say('policy.readOnly')}</span>}
      </div>
      {isStale && <StaleBanner base={base} newest={newest} mine={changed} take={takeNewest} drop={discard} />}
      <form
        className="pol"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <PolicySections here={section} open={setSection} changed={changed} errors={errors} />
        <Pane className="pane form" label={say(`policy.section.${section?.name ?? 'history'}`)}>
          {error !== undefined && <Refusal error={error} count={errors.size} />}
          {section ? (
            <SectionFields
              of={section}
              base={base}
              draft={draft}
              portal={portal}
              mayChange={mayChange}
              errors={errors}
              change={change}
            />
          ) : (
            <PolicyHistory portal={portal} inForce={newest.version} putBack={mayChange ? putBack : undefined} />
          )}
        </Pane>
        <div className="pane side">
          <PolicySide
            portal={portal}
            base={base}
            draft={draft}
            changed={changed}
            mayChange={mayChange}
            takeBack={(path) => change(path, valueAt(base, path))}
          />
          {mayChange && (
            <div className="save">
              {changed.length > 0 && <Why text={why} change={changeWhy} error={noteError(error)} />}
              <button
                type="submit"
                className="btn p"
                disabled={isLost}
                aria-disabled={isPending || isStale || changed.length === 0}
              >
                {say('policy.save', { version: next })} <Kbd>Ctrl ↵</Kbd>
              </button>
              {changed.length > 0 && (
                <button type="button" className="btn q" onClick={discard}>
                  {say('policy.discard')}
                </button>
              )}
              <span className="m meta">
                {isLost ? say('connection.decide') : changed.length > 0 && say('policy.kept')}
              </span>
            </div>
          )}
        </div>
      </form>
    </>
  );
}

interface SectionFieldsProps {
  of: Section;
  base: Policy;
  draft: Policy;
  portal: string;
  mayChange: boolean;
  errors: ReadonlyMap<Path, string[]>;
  change: (path: Path, value: unknown) => void;
}

function SectionFields({ of, base, draft, portal, mayChange, errors, change }: SectionFieldsProps) {
  const say = useWords();
  return (
    <fieldset disabled={!mayChange} className="plain-set">
      <legend className="sr">{say(`policy.section.${of.name}`)}</legend>
      {of.groups.map(({ name, settings: ofGroup }) => (
        <div key={name} className="group">
          <h2>{say(`policy.group.${name}`)}</h2>
          {ofGroup.map((setting) => (
            <PolicyField
              key={setting.path}
              setting={setting}
              base={base}
              draft={draft}
              portal={portal}
              errors={errors.get(setting.path) ?? []}
              change={change}
            />
          ))}
        </div>
      ))}
      {of.name === 'terms' && base.terms.text !== draft.terms.text && base.terms.version === draft.terms.version && (
        <p className="note due told">
          <ErrorIcon className="i" />
          {say('policy.termsSame')}
        </p>
      )}
      {of.name === 'appearance' && <ThemePreview policy={draft} />}
    </fieldset>
  );
}

/** Why the next version comes: for those who ask later. */
function Why({ text, change, error }: { text: string; change: (next: string) => void; error: string | undefined }) {
  const say = useWords();
  return (
    <Field label={say('policy.why')} hint={say('policy.whyHint')} error={error}>
      {(input) => (
        <textarea {...input} rows={2} maxLength={1000} value={text} onChange={({ target }) => change(target.value)} />
      )}
    </Field>
  );
}

function Refusal({ error, count }: { error: unknown; count: number }) {
  const say = useWords();
  if (count === 0)
    return (
      <div className="told">
        <TroubleNote error={error} />
      </div>
    );
  return (
    <div className="note late told" role="alert">
      <ErrorIcon className="i" />
      <b>{say('policy.errors', { smart_count: count })}</b>
    </div>
  );
}
