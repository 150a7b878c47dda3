import ArrowBack from '@mui/icons-material/ArrowBack';
import BadgeOutlined from '@mui/icons-material/BadgeOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { Problem } from '../../contract/problems.ts';
import { readAccount } from '../../contract/routes/staff/accounts.ts';
import type { AccountAction } from '../../contract/schemas/account.ts';
import { useKeys } from '../keys/keys.ts';
import { Email } from '../parts/Email.tsx';
import { notice } from '../parts/notices.tsx';
import { Pane } from '../parts/Pane.tsx';
import { usePortalName } from '../parts/portals.ts';
import { TroublePlace } from '../parts/Trouble.tsx';
import { Instant, Remaining, useDayOf, useZoned } from '../parts/time.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { CasesOf } from '../records/PersonLinks.tsx';
import { Fact } from '../records/RecordProfile.tsx';
import { recordPath, searchedRecords } from '../records/records.ts';
import { dateInWords } from '../words/dates.ts';
import { useCodeWord, useLanguage, useWords } from '../words/use-words.ts';
import { AccountActions } from './AccountActions.tsx';
import { AccountChanged } from './AccountChanged.tsx';
import { AccountHistory } from './AccountHistory.tsx';
import { AccountState } from './AccountState.tsx';
import type { Account, AccountBody } from './accounts.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { useAct, useChanges } from './use-account.ts';
import '../look/listing.css';

/** One account: whose, how it stands, what happened to it, and what staff may do. Another account is another page. */
export function AccountPage() {
  const { id = '' } = useParams();
  const say = useWords();
  const navigate = useNavigate();
  const { data, error, refetch } = useCall(readAccount, { params: { accountId: id } });
  usePageTitle(say('accounts.one'));
  const back = () => navigate('/accounts');
  useKeys({ escape: back });
  if (data) return <OpenAccount key={id} of={data} />;
  if (error) return <TroublePlace error={error} retry={() => void refetch()} />;
  return <div className="three" aria-busy="true" />;
}

/** Refusals that say the page is behind: the account is read anew and the person told what happened. */
const behind: readonly string[] = ['stale_version', 'not_allowed_now'];

function OpenAccount({ of }: { of: Account }) {
  const say = useWords();
  const queries = useQueryClient();
  const { act, isPending } = useAct(of.id);
  const { changed, accept, wasRefused } = useChanges(of);
  const [open, setOpen] = useState<AccountAction | undefined>(undefined);
  const [drafts, setDrafts] = useState<Partial<Record<AccountAction, Draft>>>({});

  const submit = async (action: AccountAction, body: AccountBody) => {
    try {
      const now = await act(action, body);
      if (!now) return;
      accept(now);
      setDrafts(({ [action]: _done, ...others }) => others);
      setOpen(undefined);
      notice({ text: say(`accounts.done.${action}`) });
    } catch (error) {
      const key = [readAccount.name, { accountId: of.id }];
      if (error instanceof Problem && error.code === 'not_yours_to_do') {
        void queries.invalidateQueries({ queryKey: key }); // the first of two wishes stands in the history now
      }
      if (!(error instanceof Problem) || !behind.includes(error.code)) throw error;
      await queries.refetchQueries({ queryKey: key });
      wasRefused();
    }
  };
  useEffect(() => {
    document.getElementById('main')?.focus({ preventScroll: true });
  }, []);

  return (
    <>
      <div className="head of-case">
        <Link className="btn q ic" aria-label={say('accounts.back')} to="/accounts">
          <ArrowBack className="i l" />
        </Link>
        <h1 className="cut">
          <bdi>
            {of.firstName} {of.lastName}
          </bdi>
        </h1>
        <span className="s cut">
          <bdi>{of.username}</bdi>
        </span>
        <AccountState state={of.state} />
      </div>
      {changed && <AccountChanged of={of} changed={changed} goOn={() => accept(of)} />}
      <div className="three">
        <Pane as="aside" className="pane left" label={say('accounts.person')}>
          <PersonFacts of={of} />
        </Pane>
        <Pane className="pane" label={say('accounts.history')}>
          <div className="sec">
            <h2>{say('accounts.history')}</h2>
            <AccountHistory of={of} />
          </div>
          <Enrollments of={of} />
          <CasesOf of={{ accountId: of.id }} none={say('accounts.noCases')} openedBy={of.caseId} />
        </Pane>
        <Pane as="aside" className="pane right" label={say('accounts.actions')}>
          <SignInFacts of={of} />
          <AccountActions
            of={of}
            open={open}
            setOpen={setOpen}
            drafts={drafts}
            change={(action, to) =>
              setDrafts((now) => ({ ...now, [action]: { ...(now[action] ?? emptyDraft), ...to } }))
            }
            isPending={isPending}
            submit={submit}
          />
        </Pane>
      </div>
    </>
  );
}

function PersonFacts({ of }: { of: Account }) {
  const say = useWords();
  const word = useCodeWord();
  const may = useMay();
  const navigate = useNavigate();
  const [language] = useLanguage();
  const portalName = usePortalName();
  const lookForRecord = () => {
    searchedRecords.set(`${of.lastName} ${of.dateOfBirth}`);
    navigate('/records');
  };
  return (
    <div className="sec">
      <h2>{say('accounts.person')}</h2>
      <dl className="kv">
        <Fact name={say('accounts.username')}>{of.username}</Fact>
        <Fact name={say('accounts.email')}>
          <Email of={of.email} />
        </Fact>
        <Fact name={say('accounts.born')}>{dateInWords(of.dateOfBirth, language)}</Fact>
        <Fact name={say('accounts.language')}>{word('language', of.language)}</Fact>
        <Fact name={say('accounts.col.portal')}>{portalName(of.portal)}</Fact>
        <Fact name={say('accounts.opened')}>
          <Instant at={of.createdAt} portal={of.portal} />
        </Fact>
        <Fact name={say('accounts.notify')}>{say(of.notifyByEmail ? 'accounts.yes' : 'accounts.no')}</Fact>
      </dl>
      {may('record.read') && of.enrollments.length === 0 && (
        <button type="button" className="btn sm" onClick={lookForRecord}>
          <BadgeOutlined className="i" />
          {say('accounts.record')}
        </button>
      )}
    </div>
  );
}

function SignInFacts({ of }: { of: Account }) {
  const say = useWords();
  return (
    <div className="sec">
      <h2>{say('accounts.signIn')}</h2>
      <dl className="kv wider-names">
        <Fact name={say('accounts.lastSignIn')}>
          {of.lastSignInAt ? (
            <Instant at={of.lastSignInAt} portal={of.portal} />
          ) : (
            <span className="m">{say('accounts.never')}</span>
          )}
        </Fact>
        <Fact name={say('accounts.failed')}>
          {of.failedSignIns === 0 ? (
            <span className="s">{say('accounts.failedNone')}</span>
          ) : (
            <span className="due">{say('accounts.failedSome', { smart_count: of.failedSignIns })}</span>
          )}
        </Fact>
        {of.signInWaitsTo && (
          <Fact name={say('accounts.waits')}>
            <Remaining className="due" until={of.signInWaitsTo} />
          </Fact>
        )}
        <Fact name={say('accounts.password')}>
          <Instant at={of.passwordChangedAt} portal={of.portal} />
        </Fact>
        <Fact name={say('accounts.terms')}>
          <Instant at={of.termsAcceptedAt} portal={of.portal} />{' '}
          <span className="m">{say('accounts.termsVersion', { version: of.termsVersion })}</span>
        </Fact>
      </dl>
    </div>
  );
}

function Enrollments({ of }: { of: Account }) {
  const say = useWords();
  const may = useMay();
  const dayOf = useDayOf();
  const zoned = useZoned(of.portal);
  const day = (at: string) => dayOf(at, of.portal);
  return (
    <div className="sec">
      <h2>{say('accounts.enrollments')}</h2>
      {of.limited && of.state !== 'closed' && (
        <div className="note due">
          <span>
            <b>{say('accounts.limited')}</b> {of.state === 'active' && say('accounts.limitedWhy')}
          </span>
        </div>
      )}
      <ul className="links">
        {of.enrollments.map(({ id, patientRecordId, practice, enrolledAt, endedAt }) => (
          <li key={id}>
            <span className="row">
              <span className={endedAt ? 'm' : 'b'}>
                <bdi>{practice ?? say('accounts.noPractice')}</bdi>
              </span>
              <span className="grow" />
              {may('record.read') && <Link to={recordPath(patientRecordId)}>{say('records.one')}</Link>}
            </span>
            <span className="meta m" title={zoned(new Date(endedAt ?? enrolledAt))}>
              {endedAt
                ? say('accounts.enrolledTo', { from: day(enrolledAt), to: day(endedAt) })
                : say('accounts.enrolledAt', { at: day(enrolledAt) })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
