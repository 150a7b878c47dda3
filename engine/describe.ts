import {
  type Client,
  isGrpcServiceError,
  NamespaceNotFoundError,
  ServiceError,
  type WorkflowExecutionDescription,
  type WorkflowExecutionStatusName,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';
import { optionalTsToDate } from '@temporalio/common/lib/time.js';
import { withTimeout } from './connection.ts';
import { messageNames, type Plan } from './names.ts';

/** What Temporal says of a case's run. Nothing here decides anything: the row does. */
export interface EngineView {
  workflowId: string;
  /** `NOT_FOUND`: no run was ever started, or it is past the retention. `UNREACHABLE`: Temporal did not answer. */
  status: WorkflowExecutionStatusName | 'NOT_FOUND' | 'UNREACHABLE';
  unreachable?: true;
  runId?: string;
  startedAt?: Date;
  closedAt?: Date;
  historyLength?: number;
  pendingActivities: PendingActivity[];
  /** One readable line; only when asked for and a worker answered in time. */
  currentDetails?: string;
  /** What the run waits for; only when asked for and a worker answered in time. */
  plan?: Plan;
}

export interface PendingActivity {
  /** The activity's type. */
  name: string;
  /** Counts from 1. */
  attempt: number;
  /** The message of the last failure, decrypted. For staff: it may name addresses of systems, never personal data. */
  lastFailure?: string;
  nextAttemptAt?: Date;
}

export interface DescribeOptions {
  /** Ends the asking early, e.g. when the request that wants it is gone. */
  signal?: AbortSignal | undefined;
  /** Also ask the run itself (`plan`, current details): needs a worker, takes up to a second more. */
  askRun?: boolean | undefined;
}

/** Describes a case's run within 2 s (3 s with `askRun`). That Temporal is down or knows no such run is a value, not an error. */
export async function describeCase(
  client: Client,
  workflowId: string,
  options: DescribeOptions = {},
): Promise<EngineView> {
  const found = await describeRun(client, workflowId, options.signal);
  if (typeof found === 'string') return absentView(workflowId, found);
  const view = await viewOf(client, workflowId, found);
  if (!options.askRun || view.status !== 'RUNNING') return view;
  return { ...view, ...(await askRun(client, workflowId, options.signal)) };
}

const describeTimeoutMs = 2000;
const queryTimeoutMs = 1000;

async function describeRun(
  client: Client,
  workflowId: string,
  signal: AbortSignal | undefined,
): Promise<WorkflowExecutionDescription | 'NOT_FOUND' | 'UNREACHABLE'> {
  try {
    return await withTimeout(client, describeTimeoutMs, () => client.workflow.getHandle(workflowId).describe(), signal);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'NOT_FOUND';
    if (isEngineTrouble(error)) return 'UNREACHABLE';
    throw error;
  }
}

function isEngineTrouble(error: unknown): boolean {
  return error instanceof ServiceError || error instanceof NamespaceNotFoundError || isGrpcServiceError(error);
}

function absentView(workflowId: string, status: 'NOT_FOUND' | 'UNREACHABLE'): EngineView {
  return { workflowId, status, pendingActivities: [], ...(status === 'UNREACHABLE' ? { unreachable: true } : {}) };
}

async function viewOf(client: Client, workflowId: string, found: WorkflowExecutionDescription): Promise<EngineView> {
  const { runId, status, startTime, closeTime, historyLength, raw } = found;
  const pendingActivities = await Promise.all((raw.pendingActivities ?? []).map((one) => pendingActivity(client, one)));
  return {
    workflowId,
    status: status.name,
    runId,
    startedAt: startTime,
    ...(closeTime ? { closedAt: closeTime } : {}),
    historyLength,
    pendingActivities,
  };
}

type RawPendingActivity = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];

async function pendingActivity(client: Client, raw: RawPendingActivity): Promise<PendingActivity> {
  const lastFailure = raw.lastFailure ? await failureText(client, raw.lastFailure) : undefined;
  const nextAttemptAt = optionalTsToDate(raw.nextAttemptScheduleTime);
  return {
    name: raw.activityType?.name ?? '',
    attempt: raw.attempt ?? 1,
    ...(lastFailure === undefined ? {} : { lastFailure }),
    ...(nextAttemptAt ? { nextAttemptAt } : {}),
  };
}

/** A failure that no key opens must not hide the rest of the view. */
async function failureText(client: Client, failure: NonNullable<RawPendingActivity['lastFailure']>): Promise<string> {
  try {
    const error = await decodeOptionalFailureToOptionalError(client.options.loadedDataConverter, failure);
    return error?.message ?? '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Asks the run's newest code; whatever does not answer in time is left out. */
async function askRun(
  client: Client,
  workflowId: string,
  signal: AbortSignal | undefined,
): Promise<Pick<EngineView, 'plan' | 'currentDetails'>> {
  const handle = client.workflow.getHandle(workflowId);
  const ask = <T>(query: string) => withTimeout(client, queryTimeoutMs, () => handle.query<T>(query), signal);
  const [plan, metadata] = await Promise.allSettled([
    ask<Plan>(messageNames.plan),
    ask<{ currentDetails?: string }>('__temporal_workflow_metadata'),
  ]);
  const currentDetails = metadata.status === 'fulfilled' ? metadata.value.currentDetails : undefined;
  return {
    ...(plan.status === 'fulfilled' ? { plan: plan.value } : {}),
    ...(currentDetails ? { currentDetails } : {}),
  };
}
