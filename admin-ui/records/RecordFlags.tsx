import CallMergeOutlined from '@mui/icons-material/CallMergeOutlined';
import LockPersonOutlined from '@mui/icons-material/LockPersonOutlined';
import PersonOffOutlined from '@mui/icons-material/PersonOffOutlined';
import { useWords } from '../words/use-words.ts';
import type { PatientRecord } from './records.ts';

/** What is out of the ordinary with a record: icon and word. */
export function RecordFlags({ of }: { of: PatientRecord }) {
  const say = useWords();
  return (
    <>
      {of.deceasedOn && (
        <span className="tag late">
          <PersonOffOutlined className="i" />
          {say('records.deceased')}
        </span>
      )}
      {of.mergedInto && (
        <span className="tag due">
          <CallMergeOutlined className="i" />
          {say('records.merged')}
        </span>
      )}
      {of.confidential && (
        <span className="tag wait">
          <LockPersonOutlined className="i" />
          {say('records.confidential')}
        </span>
      )}
    </>
  );
}
