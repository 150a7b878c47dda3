import type { DataProvider, GetListParams, Identifier } from 'react-admin';
import type { CallInput, QueryValue } from '../../contract/client.ts';
import type { RouteDescriptor } from '../../contract/route.ts';
import { listAccounts, readAccount } from '../../contract/routes/staff/accounts.ts';
import { createCase, listCases, readCase } from '../../contract/routes/staff/cases.ts';
import { addMember, changeMember, listMembers } from '../../contract/routes/staff/members.ts';
import { listMessages } from '../../contract/routes/staff/messages.ts';
import { listPatientRecords } from '../../contract/routes/staff/patient-records.ts';
import { listPortals } from '../../contract/routes/staff/portals.ts';
import { call } from './calls.ts';

/** How the things of react-admin are read and written: each by a call of the contract, nothing is described twice. */
const resources: Readonly<Record<string, ResourceCalls>> = {
  cases: { list: listCases, one: (id) => [readCase, { params: { caseId: id } }], create: createCase },
  messages: { list: listMessages },
  'patient-records': { list: listPatientRecords },
  accounts: { list: listAccounts, one: (id) => [readAccount, { params: { accountId: id } }] },
  members: { list: listMembers, create: addMember, update: (id) => [changeMember, { params: { memberId: id } }] },
  portals: { list: listPortals },
};

interface ResourceCalls {
  list: RouteDescriptor;
  one?: (id: string) => [RouteDescriptor, { params: Record<string, string> }];
  create?: RouteDescriptor;
  update?: (id: string) => [RouteDescriptor, { params: Record<string, string> }];
}

interface ListBody {
  data: { id: Identifier }[];
  total: number;
  totalIsCapped: boolean;
}

/** What every write may carry: the key of this try of the form, so that a double click or a repeat is harmless. */
export interface WriteMeta {
  idempotencyKey?: string;
}

export const dataProvider = {
  async getList(resource: string, params: GetListParams) {
    const body = await list(resource, listQuery(params), params.signal);
    return { data: body.data, total: body.total, meta: { totalIsCapped: body.totalIsCapped } };
  },
  async getOne(resource: string, { id, signal }: { id: Identifier; signal?: AbortSignal }) {
    const one = callsOf(resource).one;
    if (one) {
      const [route, input] = one(String(id));
      return { data: await made(route, { ...input, ...(signal && { signal }) }) };
    }
    const [found] = (await list(resource, { id: [String(id)] }, signal)).data;
    return { data: found };
  },
  async getMany(resource: string, { ids, signal }: { ids: Identifier[]; signal?: AbortSignal }) {
    const query = { id: ids.map(String), perPage: Math.min(100, Math.max(1, ids.length)) };
    return { data: (await list(resource, query, signal)).data };
  },
  async getManyReference(resource: string, params: GetListParams & { target: string; id: Identifier }) {
    const filter = { ...params.filter, [params.target]: params.id };
    const body = await list(resource, listQuery({ ...params, filter }), params.signal);
    return { data: body.data, total: body.total };
  },
  async create(resource: string, { data, meta }: { data: unknown; meta?: WriteMeta }) {
    const route = callsOf(resource).create;
    if (!route) throw new TypeError(`${resource} cannot be created`);
    return { data: await made(route, { body: data, ...meta }) };
  },
  async update(resource: string, { id, data, meta }: { id: Identifier; data: unknown; meta?: WriteMeta }) {
    const update = callsOf(resource).update;
    if (!update) throw new TypeError(`${resource} cannot be updated`);
    const [route, input] = update(String(id));
    return { data: await made(route, { ...input, body: data, ...meta }) };
  },
  updateMany: refuse,
  delete: refuse,
  deleteMany: refuse,
  supportAbortSignal: true,
} as unknown as DataProvider;

async function refuse(): Promise<never> {
  throw new TypeError('Nothing is deleted or changed in bulk here.');
}

function callsOf(resource: string): ResourceCalls {
  const calls = resources[resource];
  if (!calls) throw new TypeError(`There is no resource ${resource}`);
  return calls;
}

function listQuery({ pagination, sort, filter }: Partial<GetListParams>): Record<string, QueryValue> {
  return {
    ...(pagination && { page: pagination.page, perPage: pagination.perPage }),
    ...(sort && { sort: sort.field, order: sort.order.toLowerCase() }),
    ...filter,
  };
}

async function list(resource: string, query: Record<string, QueryValue>, signal?: AbortSignal): Promise<ListBody> {
  return (await made(callsOf(resource).list, { query, ...(signal && { signal }) })) as ListBody;
}

/** A call whose route is known only when it is made: its types are held by the contract's own schemas on the server. */
async function made(route: RouteDescriptor, input: Record<string, unknown>): Promise<unknown> {
  return (await call(route, input as CallInput<RouteDescriptor>)).body;
}
