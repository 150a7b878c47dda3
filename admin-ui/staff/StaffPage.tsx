import Check from '@mui/icons-material/Check';
import PersonAddOutlined from '@mui/icons-material/PersonAddOutlined';
import Remove from '@mui/icons-material/Remove';
import SearchOffOutlined from '@mui/icons-material/SearchOffOutlined';
import { useState } from 'react';
import type { WireResult } from '../../contract/route.ts';
import { listMembers } from '../../contract/routes/staff/members.ts';
import { roles } from '../../contract/rules.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Empty } from '../parts/Empty.tsx';
import { usePortalName } from '../parts/portals.ts';
import { TroublePlace } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay, useMe } from '../parts/use-me.ts';
import { usePageTitle } from '../parts/use-title.ts';
import { useCodeWord, useWords } from '../words/use-words.ts';
import { MemberForm } from './MemberForm.tsx';
import './staff.css';

export type Member = WireResult<typeof listMembers>['data'][number];

/** Members and their roles as a plain matrix; who may manage them adds and changes beside it. */
export function StaffPage() {
  const say = useWords();
  const mayManage = useMay()('member.manage');
  const [q, setQ] = useState('');
  const [showsLeft, setShowsLeft] = useState(false);
  /** The member being changed, or `new`. */
  const [edited, setEdited] = useState<Member | 'new'>();
  const { data, error, refetch, isLoading } = useCall(
    listMembers,
    { query: { perPage: 100, ...(q.trim() && { q: q.trim() }) } },
    { keepsOld: true },
  );
  usePageTitle(say('staff.title'));
  const rows = data?.data.filter(({ active }) => active || showsLeft);
  const hasLeft = data?.data.some(({ active }) => !active) ?? false;
  return (
    <>
      <div className="head of-staff">
        <h1>{say('staff.title')}</h1>
        <input
          className="in sm"
          type="search"
          value={q}
          maxLength={100}
          aria-label={say('staff.search')}
          placeholder={say('staff.search')}
          onChange={({ target }) => setQ(target.value)}
        />
        {(hasLeft || showsLeft) && (
          <label className="row s">
            <input type="checkbox" checked={showsLeft} onChange={({ target }) => setShowsLeft(target.checked)} />
            {say('staff.showLeft')}
          </label>
        )}
        <span className="grow" />
        {mayManage ? (
          <button type="button" className="btn p" onClick={() => setEdited('new')}>
            <PersonAddOutlined className="i" />
            {say('staff.add')}
          </button>
        ) : (
          <span className="m meta">{say('staff.readOnly')}</span>
        )}
      </div>
      <div className={edited ? 'split of-staff edits' : 'split of-staff'}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <section className="pane" tabIndex={0} aria-label={say('staff.matrix')} aria-busy={isLoading}>
          {error && !data ? (
            <TroublePlace error={error} retry={() => void refetch()} />
          ) : rows?.length === 0 ? (
            <Empty
              icon={<SearchOffOutlined className="i" />}
              title={say('staff.empty')}
              actions={
                q !== '' && (
                  <button type="button" className="btn" onClick={() => setQ('')}>
                    {say('staff.emptyClear')}
                  </button>
                )
              }
            >
              {say('staff.emptyWhy')}
            </Empty>
          ) : (
            <Matrix rows={rows} edited={edited} edit={mayManage ? setEdited : undefined} />
          )}
        </section>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <aside className="pane side" tabIndex={0} aria-label={say(edited ? 'staff.form.change' : 'staff.whatRolesMay')}>
          {edited ? (
            <MemberForm
              key={edited === 'new' ? 'new' : edited.id}
              member={edited === 'new' ? undefined : edited}
              close={() => setEdited(undefined)}
            />
          ) : (
            <RolesExplained />
          )}
        </aside>
      </div>
    </>
  );
}

interface MatrixProps {
  /** undefined: still being read. */
  rows: readonly Member[] | undefined;
  edited: Member | 'new' | undefined;
  edit: ((member: Member) => void) | undefined;
}

function Matrix({ rows, edited, edit }: MatrixProps) {
  const say = useWords();
  const word = useCodeWord();
  return (
    <table className="grid members">
      <thead>
        <tr>
          <th scope="col" className="c-member">
            {say('staff.member')}
          </th>
          {roles.map((role) => (
            <th key={role} scope="col" className="c-role">
              {word('role', role)}
            </th>
          ))}
          <th scope="col" className="c-portals">
            {say('staff.portals')}
          </th>
          <th scope="col" className="c-signs">
            {say('staff.signsIn')}
          </th>
          {edit && (
            <td className="c-edit">
              <span className="sr">{say('staff.change')}</span>
            </td>
          )}
        </tr>
      </thead>
      <tbody>
        {rows
          ? rows.map((member) => (
              <Row
                key={member.id}
                member={member}
                isEdited={edited !== 'new' && edited?.id === member.id}
                edit={edit}
              />
            ))
          : [...'12345678'].map((_, no) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
              <tr key={no}>
                <td className="c-member">
                  <span className={`skel w${no % 3}`} />
                </td>
                <td colSpan={roles.length + 2 + (edit ? 1 : 0)} />
              </tr>
            ))}
      </tbody>
    </table>
  );
}

function Row({ member, isEdited, edit }: { member: Member; isEdited: boolean } & Pick<MatrixProps, 'edit'>) {
  const say = useWords();
  const word = useCodeWord();
  const me = useMe();
  const portalName = usePortalName();
  const portals = member.portals.map(portalName).join(', ');
  return (
    <tr aria-current={isEdited || undefined} className={member.active ? undefined : 'left'}>
      <th scope="row" className="c-member">
        <span className="row who">
          <Avatar name={member.name} isMe={member.id === me.id} large />
          <span className="cut">
            <bdi className="b">{member.name}</bdi>{' '}
            {member.id === me.id && <span className="m">({say('said.you')})</span>}
            <br />
            <bdi className="m meta">{member.email}</bdi>
          </span>
        </span>
      </th>
      {roles.map((role) => {
        const holds = member.roles.includes(role);
        return (
          <td key={role} className={holds ? 'c-role holds' : 'c-role not'} data-role={word('role', role)}>
            {holds ? <Check className="i acc" /> : <Remove className="i" />}
            <span className="sr">{say(holds ? 'staff.holds' : 'staff.holdsNot', { role: word('role', role) })}</span>
          </td>
        );
      })}
      <td className="c-portals" title={portals}>
        {member.portals.length === 0 ? say('staff.allPortals') : portals}
      </td>
      <td className="c-signs">
        {!member.active ? (
          <span className="tag">{say('staff.no')}</span>
        ) : member.hasPassword ? (
          say('staff.yes')
        ) : (
          <span className="tag due">{say('staff.noPassword')}</span>
        )}
      </td>
      {edit && (
        <td className="c-edit">
          <button
            type="button"
            className="btn sm"
            aria-label={say('staff.changeOf', { name: member.name })}
            onClick={() => edit(member)}
          >
            {say('staff.change')}
          </button>
        </td>
      )}
    </tr>
  );
}

function RolesExplained() {
  const say = useWords();
  const word = useCodeWord();
  return (
    <div className="sec">
      <h2>{say('staff.whatRolesMay')}</h2>
      <dl className="roles-told">
        {roles.map((role) => (
          <div key={role}>
            <dt className="b">{word('role', role)}</dt>
            <dd className="s">{say(`staff.may.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
