import CampaignOutlined from '@mui/icons-material/CampaignOutlined';
import ContentCopyOutlined from '@mui/icons-material/ContentCopyOutlined';
import { type CaseRow, casePath, fullName } from '../cases/case.ts';
import { useNow } from '../parts/clock.ts';
import { EndsIn } from '../parts/EndsIn.tsx';
import { ListRow, PortalCell, RowLink } from '../parts/ListTable.tsx';
import { StateOrTrouble } from '../parts/StateChip.tsx';
import { Day } from '../parts/time.tsx';
import { useCodeWord, useWords } from '../words/use-words.ts';

interface RegistrationRowProps {
  of: CaseRow;
  isSelected: boolean;
  select: () => void;
  open: () => void;
}

/** How far one registration came, in a row of the board. */
export function RegistrationRow({ of, isSelected, select, open }: RegistrationRowProps) {
  const say = useWords();
  const word = useCodeWord(of.kind);
  const now = useNow(60_000).getTime();
  const { registration } = of;
  const tries = registration?.failedTries ?? 0;
  return (
    <ListRow isSelected={isSelected} select={select} open={open}>
      <td className="c-state">
        <StateOrTrouble of={of} />
      </td>
      <td className="c-name">
        <span className="row">
          <RowLink id={of.id} to={casePath(of.id)} title={fullName(of)} select={select} open={open}>
            {fullName(of)}
          </RowLink>
          {of.flags.includes('possible_duplicate') && (
            <ContentCopyOutlined className="i due" titleAccess={word('flag', 'possible_duplicate')} />
          )}
          {registration?.campaignId && (
            <CampaignOutlined className="i m" titleAccess={say('registrations.ofCampaign')} />
          )}
        </span>
      </td>
      <td className="c-reference ref">{of.reference}</td>
      <PortalCell of={of.portal} />
      <td className="c-begun">
        <Day at={of.receivedAt} portal={of.portal} />
      </td>
      <td className="c-sent">
        <DayOrNot at={registration?.sentAt ?? null} portal={of.portal} />
      </td>
      <td className="c-opened">
        <DayOrNot at={registration?.openedAt ?? null} portal={of.portal} />
      </td>
      <td className="c-identified">
        <DayOrNot at={registration?.identifiedAt ?? null} portal={of.portal} />
      </td>
      <td className="c-tries end">
        {tries === 0 ? (
          <span className="m">–</span>
        ) : (
          <span className={of.state === 'locked' ? 'late b2' : 'due b2'}>{tries}</span>
        )}
      </td>
      <td className="c-ends end">
        <EndsIn at={of.waitingOn === null ? null : of.expiresAt} now={now} />
      </td>
    </ListRow>
  );
}

function DayOrNot({ at, portal }: { at: string | null; portal: string }) {
  return at === null ? <span className="m">–</span> : <Day at={at} portal={portal} />;
}
