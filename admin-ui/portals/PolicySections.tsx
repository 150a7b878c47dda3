import ErrorIcon from '@mui/icons-material/Error';
import History from '@mui/icons-material/History';
import { useSearchParams } from 'react-router';
import { useWords } from '../words/use-words.ts';
import { type Path, type Section, type Setting, sectionOf, sections } from './settings.ts';

type Place = Section['name'] | 'history';

/** The part of the policy that is shown, kept in the address; undefined: its history. */
export function useSection(): [Section | undefined, (place: Place) => void] {
  const [params, setParams] = useSearchParams();
  const wanted = params.get('section');
  const section = wanted === 'history' ? undefined : (sections.find(({ name }) => name === wanted) ?? sections[0]);
  return [section, (place) => setParams({ section: place }, { replace: true })];
}

interface PolicySectionsProps {
  /** undefined: the history. */
  here: Section | undefined;
  open: (place: Place) => void;
  changed: readonly Setting[];
  errors: ReadonlyMap<Path, unknown>;
}

/** The way through the document, saying where something was changed or is wrong; at its end its former versions. */
export function PolicySections({ here, open, changed, errors }: PolicySectionsProps) {
  const say = useWords();
  return (
    <nav aria-label={say('policy.sections')}>
      {sections.map((section) => (
        <PlaceLink
          key={section.name}
          place={section.name}
          isHere={section === here}
          isChanged={changed.some(({ path }) => sectionOf(path) === section)}
          hasError={[...errors.keys()].some((path) => sectionOf(path) === section)}
          open={open}
        />
      ))}
      <PlaceLink place="history" isHere={here === undefined} open={open} />
    </nav>
  );
}

interface PlaceLinkProps {
  place: Place;
  isHere: boolean;
  isChanged?: boolean;
  hasError?: boolean;
  open: (place: Place) => void;
}

function PlaceLink({ place, isHere, isChanged, hasError, open }: PlaceLinkProps) {
  const say = useWords();
  return (
    <a
      href={`?section=${place}`}
      className={place === 'history' ? 'apart' : undefined}
      aria-current={isHere ? 'true' : undefined}
      onClick={(event) => {
        event.preventDefault();
        open(place);
      }}
    >
      {place === 'history' && <History className="i" />}
      {say(`policy.section.${place}`)}
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
