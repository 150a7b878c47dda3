import CloudOffOutlined from '@mui/icons-material/CloudOffOutlined';
import ErrorIcon from '@mui/icons-material/Error';
import { Problem } from '../../contract/problems.ts';
import { NoConnection } from '../server/calls.ts';
import { useWords } from '../words/use-words.ts';
import { Empty } from './Empty.tsx';

export interface Told {
  what: string;
  next: string;
}

/** What went wrong, for the person: a sentence and the next step; never a status or an exception's own text. */
export function useTell(): (error: unknown) => Told {
  const say = useWords();
  return (error) => {
    if (error instanceof Problem) return { what: error.detail, next: error.nextStep };
    if (error instanceof NoConnection)
      return { what: say('trouble.noConnection'), next: say('trouble.noConnectionNext') };
    return { what: say('trouble.unknown'), next: say('trouble.unknownNext') };
  };
}

/** In the place of what could not be read. */
export function TroublePlace({ error, retry }: { error: unknown; retry: () => void }) {
  const say = useWords();
  const { what, next } = useTell()(error);
  return (
    <Empty
      icon={error instanceof NoConnection ? <CloudOffOutlined className="i" /> : <ErrorIcon className="i" />}
      title={what}
      actions={
        <button type="button" className="btn" onClick={retry}>
          {say('do.retry')}
        </button>
      }
    >
      {next}
    </Empty>
  );
}

/** Above a form that was refused. Field errors stand beside their fields; here only how many. */
export function TroubleNote({ error }: { error: unknown }) {
  const say = useWords();
  const { what, next } = useTell()(error);
  const fields = error instanceof Problem && error.errors ? Object.keys(error.errors).length : 0;
  return (
    <div className="note late" role="alert">
      <ErrorIcon className="i" />
      {fields > 0 ? (
        <b>{say('trouble.fields', { smart_count: fields })}</b>
      ) : (
        <span>
          <b>{what}</b> {next}
        </span>
      )}
    </div>
  );
}
