import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CallInput } from '../../contract/client.ts';
import type { RouteDescriptor, WireResult } from '../../contract/route.ts';
import { call } from '../server/calls.ts';

/**
 * Reads by a call of the contract, typed by its descriptor; the key is the route's name and what it is asked with, so that
 * `queryClient.invalidateQueries({ queryKey: [route.name] })` asks again.
 */
export function useCall<R extends RouteDescriptor>(
  route: R,
  input: CallInput<R>,
  options: {
    enabled?: boolean;
    keepsOld?: boolean;
    staleMs?: number;
    everyMs?: number | ((shown: WireResult<R> | undefined) => number | undefined);
  } = {},
): UseQueryResult<WireResult<R>> {
  const { everyMs } = options;
  const { params, query } = input as { params?: unknown; query?: unknown };
  return useQuery<unknown>({
    queryKey: [route.name, params ?? {}, query ?? {}],
    queryFn: async (): Promise<unknown> => (await call(route, input)).body,
    enabled: options.enabled ?? true,
    staleTime: options.staleMs ?? 0,
    ...(everyMs !== undefined && {
      refetchInterval:
        typeof everyMs === 'number'
          ? everyMs
          : ({ state }) => everyMs(state.data as WireResult<R> | undefined) ?? false,
    }),
    ...(options.keepsOld && { placeholderData: keepPreviousData }),
  }) as UseQueryResult<WireResult<R>>;
}
