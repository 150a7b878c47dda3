import BlockOutlined from '@mui/icons-material/BlockOutlined';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { accountPath } from '../accounts/accounts.ts';
import { useWords } from '../words/use-words.ts';
import { type Candidate, type Case, casePath, type RecordTrouble } from './case.ts';

interface RecordTroubleNoteProps {
  of: Candidate;
  kind: Case['kind'];
  choose: (recordId: string) => void;
}

/** Where one decides: the chosen record cannot be bound, why, and what to look at or to take instead. */
export function RecordTroubleNote({ of, kind, choose }: RecordTroubleNoteProps) {
  const say = useWords();
  const { trouble, mergedInto } = of;
  if (!trouble) return null;
  return (
    <div className="note late" role="status">
      <BlockOutlined className="i" />
      <span>
        <b>{say('case.cannotBind', { mrn: of.mrn })}</b> <WhyNot of={trouble} kind={kind} />{' '}
        {trouble.code === 'merged' && mergedInto ? (
          <button type="button" className="bare link" onClick={() => choose(mergedInto)}>
            {say('case.takeSurviving')}
          </button>
        ) : (
          say('case.chooseOther')
        )}
      </span>
    </div>
  );
}

interface WhyNotProps {
  of: RecordTrouble;
  kind: Case['kind'];
}

/** The reason as a sentence of that kind of case, with what stands in the way as a link. */
export function WhyNot({ of: { code, account, case: other }, kind }: WhyNotProps): ReactNode {
  const say = useWords(kind);
  return (
    <>
      {say(`recordTrouble.${code}`)}
      {account && (
        <>
          {' '}
          <Link to={accountPath(account.id)}>
            <bdi>{account.username}</bdi>
          </Link>
          .
        </>
      )}
      {other && (
        <>
          {' '}
          <Link className="ref" to={casePath(other.id)}>
            {other.reference}
          </Link>
          .
        </>
      )}
    </>
  );
}
