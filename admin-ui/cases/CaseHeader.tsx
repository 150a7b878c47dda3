import ArrowBack from '@mui/icons-material/ArrowBack';
import ContentCopyOutlined from '@mui/icons-material/ContentCopyOutlined';
import KeyboardArrowDown from '@mui/icons-material/KeyboardArrowDown';
import KeyboardArrowUp from '@mui/icons-material/KeyboardArrowUp';
import MoreHoriz from '@mui/icons-material/MoreHoriz';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import type { CaseAction } from '../../contract/schemas/case-actions.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { notice } from '../parts/notices.tsx';
import { PromiseChip } from '../parts/PromiseChip.tsx';
import { FlagChip, StateChip } from '../parts/StateChip.tsx';
import { useMe } from '../parts/use-me.ts';
import { useViewLabel } from '../queue/own-views.ts';
import type { Worklist } from '../queue/worklist.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { type Case, fullName } from './case.ts';
import { otherActions } from './DecisionPane.tsx';

interface CaseHeaderProps {
  of: Case;
  list: Worklist | undefined;
  /** The list it leads back to, in words. */
  backTo: string;
  back: () => void;
  previous: (() => void) | undefined;
  next: (() => void) | undefined;
  claim: (() => void) | undefined;
  release: (() => void) | undefined;
  openAction: (action: CaseAction) => void;
}

/** Who, which case, where it is, how it stands to its promise, and whose it is. */
export function CaseHeader({ of, list, backTo, back, previous, next, claim, release, openAction }: CaseHeaderProps) {
  const say = useWords();
  const me = useMe();
  const copy = async () => {
    await navigator.clipboard.writeText(of.reference).catch(() => undefined);
    notice({ text: say('said.copied') });
  };
  return (
    <div className="head of-case">
      <button type="button" className="btn q ic" aria-label={backTo} onClick={back}>
        <ArrowBack className="i l" />
      </button>
      <h1 className="cut" title={fullName(of)}>
        <bdi>{fullName(of)}</bdi>
      </h1>
      <span className="ref s">{of.reference}</span>
      <button type="button" className="btn q sm ic wide" aria-label={say('do.copyReference')} onClick={copy}>
        <ContentCopyOutlined className="i" />
      </button>
      <StateChip of={of} />
      {of.sla !== null && <PromiseChip of={of} />}
      {of.flags.map((flag) => flag !== 'possible_duplicate' && <FlagChip key={flag} flag={flag} kind={of.kind} />)}
      <span className="grow" />
      <Place of={of} list={list} />
      {list && (
        <span className="row wide arrows">
          {!list.working && (
            <button
              type="button"
              className="btn q ic"
              aria-label={say('case.previous')}
              disabled={!previous}
              onClick={previous}
            >
              <KeyboardArrowUp className="i l" />
            </button>
          )}
          <button
            type="button"
            className="btn q ic"
            aria-label={say(list.working ? 'case.skip' : 'case.next')}
            disabled={!next}
            onClick={next}
          >
            <KeyboardArrowDown className="i l" />
          </button>
        </span>
      )}
      {of.assignee !== null && (
        <span className="row who wide" title={of.assigneeName ?? undefined}>
          <Avatar name={of.assigneeName ?? ''} isMe={of.assignee === me.id} />
          {of.assignee === me.id ? say('said.yours') : of.assigneeName}
        </span>
      )}
      {claim && (
        <button type="button" className="btn wide" onClick={claim}>
          {say('do.claim')}
        </button>
      )}
      {release && (
        <button type="button" className="btn wide" onClick={release}>
          {say('do.release')}
        </button>
      )}
      <MoreActions of={of} openAction={openAction} />
    </div>
  );
}

function MoreActions({ of, openAction }: Pick<CaseHeaderProps, 'of' | 'openAction'>) {
  const say = useWords();
  const word = useCodeWord(of.kind);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const actions = otherActions(of);
  if (actions.length === 0) return null;
  return (
    <>
      <button
        type="button"
        className="btn q ic"
        aria-label={say('do.more')}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <MoreHoriz className="i l" />
      </button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)} disableRestoreFocus>
        {actions.map((action) => (
          <MenuItem
            key={action}
            onClick={() => {
              setAnchor(null);
              openAction(action);
            }}
          >
            {word('move', action)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

function Place({ of, list }: { of: Case; list: Worklist | undefined }) {
  const say = useWords();
  const labelOf = useViewLabel();
  if (!list) return null;
  const view = labelOf(list.view);
  if (list.working) return <span className="m meta xl">{say('case.workingIn', { view })}</span>;
  const no = list.ids.indexOf(of.id) + 1;
  if (no === 0) return null;
  return <span className="m meta xl">{say('case.position', { no, total: list.ids.length, view })}</span>;
}
