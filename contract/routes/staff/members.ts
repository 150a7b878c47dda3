import { listOf } from '../../list-query.ts';
import { route } from '../../route.ts';
import { pageOf } from '../../schemas/answers.ts';
import { changeMemberBody, member, newMemberBody, role } from '../../schemas/member.ts';
import { memberParams } from '../params.ts';

const ofMembers = { tags: ['Members'], access: 'staff', idempotent: false, status: 200 } as const;

export const listMembers = route({
  ...ofMembers,
  name: 'listMembers',
  method: 'get',
  path: '/staff/members',
  summary: 'Staff accounts; `q` searches name and e-mail',
  permission: 'member.read',
  list: listOf({
    sorts: ['name', 'email', 'createdAt'],
    defaultSort: 'name',
    defaultOrder: 'asc',
    filters: { role },
    search: true,
  }),
  response: pageOf(member),
  problems: [],
});

export const addMember = route({
  ...ofMembers,
  name: 'addMember',
  method: 'post',
  path: '/staff/members',
  summary: 'Add a member; an address in use is refused at `email`',
  permission: 'member.manage',
  idempotent: true,
  body: newMemberBody,
  status: 201,
  response: member,
  problems: ['password_not_allowed'],
});

export const changeMember = route({
  ...ofMembers,
  name: 'changeMember',
  method: 'patch',
  path: '/staff/members/:memberId',
  summary: 'Change name, roles, portals, password, or whether the member may sign in; the last supervisor stays',
  permission: 'member.manage',
  params: memberParams,
  body: changeMemberBody,
  response: member,
  problems: ['not_allowed_now', 'not_yours_to_do', 'password_not_allowed'],
});
