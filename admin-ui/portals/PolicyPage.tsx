import ArrowBack from '@mui/icons-material/ArrowBack';
import EditOutlined from '@mui/icons-material/EditOutlined';
import ErrorIcon from '@mui/icons-material/Error';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { Problem } from '../../contract/problems.ts';
import { listPortals, readPolicy, replacePolicy } from '../../contract/routes/staff/portals.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { useKeys } from '../keys/keys.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { notice } from '../parts/notices.tsx';
import { TroubleNote, TroublePlace } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay, useMe } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { call } from '../server/calls.ts';
import { useWords } from '../words/use-words.ts';
import { changedBetween, edited, useEdits, valueAt, withEdits } from './draft.ts';
import { PolicyField } from './PolicyField.tsx';
import { PolicySide } from './PolicySide.tsx';
import './portals.css';
import { type Path, type Section, sectionOf, sections, settingAt, settings } from './settings.ts';
import { ThemePreview } from './ThemePreview.tsx';

/** A portal's policy: read, changed as a draft beside what is in force, saved as the next version. */
export function PolicyPage() {
  const say = useWords();
  const { portal = '' } = useParams();
  const { data, error, refetch } = useCall(readPolicy, { params: { portal } });
  usePageTitle(say('policy.title'));
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
  const [edits, setEdits] = useEdits(`${useMe().id} ${portal}`);
  const [section, setSection] = useSection();
  /** What the edits stand on; a newer version waits until it is taken. */
  const [base, setBase] = useState(newest);
  const [error, setError] = useState<unknown>();
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
  const takeNewest = () => {
    const kept = changed.reduce((all, { path }) => edited(all, newest, path, edits[path]), {});
    setBase(newest);
    setEdits(kept);
    setError(undefined);
  };
  const discard = () => {
    const before = edits;
    setEdits({});
    setError(undefined);
    setBase(newest);
    notice({ text: say('policy.said.discarded'), action: { label: say('policy.undo'), do: () => setEdits(before) } });
  };
  const save = async () => {
    if (isPending || isLost || isStale || changed.length === 0) return;
    setPending(true);
    setError(undefined);
    try {
      const { body } = await call(replacePolicy, { params: { portal }, body: draft });
      setEdits({});
      setBase(body as Policy);
      queries.setQueryData([readPolicy.name, { portal }, {}], body);
      void queries.invalidateQueries({ queryKey: [readPolicy.name] });
      void queries.invalidateQueries({ queryKey: [listPortals.name] });
      notice({ text: say('policy.said.saved', { version: body.version }) });
    } catch (refused) {
      if (refused instanceof Problem && refused.code === 'stale_version') readAgain();
      else {
        setError(refused);
        const first = firstPathOf(refused);
        if (first) setSection(sectionOf(first)?.name ?? section.name);
      }
    } finally {
      setPending(false);
    }
  };
  useKeys({ 'ctrl+enter': mayChange ? () => void save() : undefined });
  useEffect(() => {
    const first = firstPathOf(error);
    if (first) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [error]);

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
        <nav aria-label={say('policy.sections')}>
          {sections.map((each) => (
            <SectionLink
              key={each.name}
              section={each}
              isHere={each.name === section.name}
              isChanged={changed.some(({ path }) => sectionOf(path) === each)}
              hasError={settingsOf(each).some(({ path }) => errors.has(path))}
              open={() => setSection(each.name)}
            />
          ))}
        </nav>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <section className="pane form" tabIndex={0} aria-label={say(`policy.section.${section.name}`)}>
          <fieldset disabled={!mayChange} className="plain-set">
            <legend className="sr">{say(`policy.section.${section.name}`)}</legend>
            {error !== undefined && <Refusal error={error} count={errors.size} />}
            {section.groups.map(({ name, settings: ofGroup }) => (
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
            {section.name === 'terms' && 'terms.text' in edits && !('terms.version' in edits) && (
              <p className="note due told">
                <ErrorIcon className="i" />
                {say('policy.termsSame')}
              </p>
            )}
            {section.name === 'appearance' && <ThemePreview policy={draft} />}
          </fieldset>
        </section>
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

function SectionLink(props: {
  section: Section;
  isHere: boolean;
  isChanged: boolean;
  hasError: boolean;
  open: () => void;
}) {
  const { section, isHere, isChanged, hasError, open } = props;
  const say = useWords();
  return (
    <a
      href={`?section=${section.name}`}
      aria-current={isHere ? 'true' : undefined}
      onClick={(event) => {
        event.preventDefault();
        open();
      }}
    >
      {say(`policy.section.${section.name}`)}
      <span className="grow" />
      {hasError ? (
        <>
          <ErrorIcon className="i late" />
          <span className="sr">{say('policy.hasError')}</span>
        </>
      ) : (
        isChanged && (
          <>
            <i />
            <span className="sr">{say('policy.changed')}</span>
          </>
        )
      )}
    </a>
  );
}

interface StaleProps {
  base: Policy;
  newest: Policy;
  mine: readonly { path: Path }[];
  take: () => void;
  drop: () => void;
}

/** Somebody saved a version meanwhile: what it changed, whether that meets one's own changes, and both ways on. */
function StaleBanner({ base, newest, mine, take, drop }: StaleProps) {
  const say = useWords();
  const theirs = changedBetween(base, newest);
  const both = theirs.filter((path) => mine.some((each) => each.path === path));
  const named = (paths: readonly Path[]) =>
    paths.length === 0 ? say('policy.none') : paths.map((path) => say(`policy.label.${path}`)).join(', ');
  return (
    <div className="banner stale" role="alert">
      <ErrorIcon className="i" />
      <p className="grow">
        <b>{say('policy.stale', { version: newest.version })}</b> {say('policy.staleWhy', { what: named(theirs) })}
        {both.length > 0 && <b> {say('policy.staleBoth', { what: named(both) })}</b>}
      </p>
      <button type="button" className="btn sm" onClick={take}>
        {say('policy.staleTake', { version: newest.version })}
      </button>
      <button type="button" className="btn q sm" onClick={drop}>
        {say('policy.staleDrop')}
      </button>
    </div>
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

function useSection(): [Section, (name: Section['name']) => void] {
  const [params, setParams] = useSearchParams();
  const section = sections.find(({ name }) => name === params.get('section')) ?? sections[0];
  if (!section) throw new Error('a policy has sections');
  return [section, (name) => setParams({ section: name }, { replace: true })];
}

function settingsOf({ groups }: Section) {
  return groups.flatMap((group) => group.settings);
}

/** The server's messages by the setting they belong to; of a list's entry with its number. */
function fieldErrors(error: unknown, say: ReturnType<typeof useWords>): ReadonlyMap<Path, string[]> {
  const found = new Map<Path, string[]>();
  if (!(error instanceof Problem)) return found;
  for (const [path, message] of Object.entries(error.errors ?? {})) {
    const setting = settingAt(path);
    if (!setting) continue;
    const no = Number(path.slice(setting.path.length + 1));
    const isEntry = path !== setting.path && Number.isInteger(no);
    const text = isEntry ? say('policy.entry', { no: no + 1, message }) : message;
    found.set(setting.path, [...(found.get(setting.path) ?? []), text]);
  }
  return found;
}

function firstPathOf(error: unknown): Path | undefined {
  const paths = error instanceof Problem ? Object.keys(error.errors ?? {}) : [];
  return settings.find(({ path }) => paths.some((each) => settingAt(each)?.path === path))?.path;
}

/** A field that is being mended is not called wrong any more; when none is left the refusal goes. */
function withoutErrorsOf(error: unknown, path: Path): unknown {
  if (!(error instanceof Problem) || !error.errors) return error;
  const left = Object.fromEntries(Object.entries(error.errors).filter(([each]) => settingAt(each)?.path !== path));
  if (Object.keys(left).length === 0) return undefined;
  return new Problem(error.code, { detail: error.detail, nextStep: error.nextStep, errors: left });
}
