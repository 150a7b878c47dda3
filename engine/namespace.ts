import { type ConnectionLike, isGrpcServiceError } from '@temporalio/client';
import { type SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { msToTs } from '@temporalio/common/lib/time.js';
import { searchAttributes } from './search-attributes.ts';

/** What was done: `added` names, or `unchecked` where the server lets nobody look (Temporal Cloud: its own console does it). */
export interface EnsuredSearchAttributes {
  added: string[];
  unchecked?: true;
}

/**
 * Registers the search attributes that the namespace lacks; safe to repeat and to run from several workers at once.
 * Throws when one exists with another type, and when Temporal does not answer within 10 s.
 */
export async function ensureSearchAttributes(
  connection: ConnectionLike,
  namespace: string,
): Promise<EnsuredSearchAttributes> {
  return await connection.withDeadline(Date.now() + callTimeoutMs, async () => {
    try {
      return { added: await addMissing(connection, namespace) };
    } catch (error) {
      if (isGrpcServiceError(error) && closedToUs.includes(error.code)) return { added: [], unchecked: true };
      throw error;
    }
  });
}

/** Lengthens the namespace's retention to at least `days`; a longer one stays. Answers whether it changed anything. */
export async function ensureRetention(connection: ConnectionLike, namespace: string, days: number): Promise<boolean> {
  const wanted = days * secondsPerDay;
  return await connection.withDeadline(Date.now() + callTimeoutMs, async () => {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    const held = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
    if (held >= wanted) return false;
    const retention = { workflowExecutionRetentionTtl: msToTs(wanted * 1000) };
    await connection.workflowService.updateNamespace({ namespace, config: retention });
    return true;
  });
}

const callTimeoutMs = 10_000;
const secondsPerDay = 86_400;

// gRPC codes: PERMISSION_DENIED, UNIMPLEMENTED, UNAUTHENTICATED.
const closedToUs = [7, 12, 16];
const alreadyExists = 6;

async function addMissing(connection: ConnectionLike, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const added: string[] = [];
  for (const { name, type } of Object.values(searchAttributes)) {
    const held = customAttributes?.[name];
    if (held === undefined) {
      await add(connection, namespace, name, typeCode(type));
      added.push(name);
    } else if (held !== typeCode(type)) {
      const wanted = TypedSearchAttributes.toMetadataType(type);
      throw new Error(`The search attribute ${name} of the namespace "${namespace}" must be a ${wanted}`);
    }
  }
  return added;
}

/** One at a time: a worker that was quicker with one of them must not keep the others from being added. */
async function add(connection: ConnectionLike, namespace: string, name: string, type: number): Promise<void> {
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { [name]: type } });
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== alreadyExists) throw error;
  }
}

function typeCode(type: SearchAttributeType): number {
  return encodeSearchAttributeIndexedValueType(type) ?? 0;
}
