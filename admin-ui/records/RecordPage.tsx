import ArrowBack from '@mui/icons-material/ArrowBack';
import SearchOffOutlined from '@mui/icons-material/SearchOffOutlined';
import { useEffect } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { listPatientRecords } from '../../contract/routes/staff/patient-records.ts';
import { useKeys } from '../keys/keys.ts';
import { Empty } from '../parts/Empty.tsx';
import { Pane } from '../parts/Pane.tsx';
import { TroublePlace } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { useWords } from '../words/use-words.ts';
import { AccountsOf, CasesOf } from './PersonLinks.tsx';
import { RecordFlags } from './RecordFlags.tsx';
import { RecordProfile } from './RecordProfile.tsx';
import { isToSend, type PatientRecord } from './records.ts';
import { SendRegistration } from './SendRegistration.tsx';
import '../look/listing.css';

/** One record on a page of its own. */
export function RecordPage() {
  const { id = '' } = useParams();
  const say = useWords();
  const navigate = useNavigate();
  const { data, error, refetch } = useCall(listPatientRecords, { query: { id: [id] } });
  const [record] = data?.data ?? [];
  usePageTitle(say('records.one'));
  const back = () => navigate('/records');
  useKeys({ escape: back });
  if (record) return <OpenRecord key={id} of={record} />;
  if (error) return <TroublePlace error={error} retry={() => void refetch()} />;
  if (!data) return <div className="pane" aria-busy="true" />;
  return (
    <Empty
      icon={<SearchOffOutlined className="i" />}
      title={say('records.gone')}
      actions={
        <Link className="btn" to="/records">
          {say('records.title')}
        </Link>
      }
    >
      {say('records.goneWhy')}
    </Empty>
  );
}

function OpenRecord({ of }: { of: PatientRecord }) {
  const say = useWords();
  const { state } = useLocation();
  const isSending = isToSend(state);
  useEffect(() => {
    if (!isSending) document.getElementById('main')?.focus({ preventScroll: true }); // else the form has the focus
  }, [isSending]);
  return (
    <>
      <div className="head of-case">
        <Link className="btn q ic" aria-label={say('records.back')} to="/records">
          <ArrowBack className="i l" />
        </Link>
        <h1 className="cut">
          <bdi>
            {of.firstName} {of.lastName}
          </bdi>
        </h1>
        <span className="ref s">{of.mrn}</span>
        <RecordFlags of={of} />
      </div>
      <div className="two">
        <Pane className="pane" label={say('records.record')}>
          <RecordProfile of={of} />
        </Pane>
        <Pane as="aside" className="pane" label={say('records.cases')}>
          <SendRegistration of={of} isOpenAtFirst={isSending} />
          <AccountsOf recordId={of.id} />
          <CasesOf of={{ patientRecordId: of.id }} none={say('records.noCases')} />
        </Pane>
      </div>
    </>
  );
}
