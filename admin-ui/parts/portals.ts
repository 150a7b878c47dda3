import { useQuery } from '@tanstack/react-query';
import type { WireResult } from '../../contract/route.ts';
import { listPortals } from '../../contract/routes/staff/portals.ts';
import { call } from '../server/calls.ts';

export type Portal = WireResult<typeof listPortals>['data'][number];

const nobody: readonly Portal[] = [];

/** The portals this member works for; asked for once. */
export function usePortals(): readonly Portal[] {
  const { data } = useQuery({
    queryKey: ['listPortals'],
    queryFn: async () => (await call(listPortals, { query: { perPage: 100 } })).body.data,
    staleTime: 10 * 60_000,
  });
  return data ?? nobody;
}

export function usePortalName(): (id: string) => string {
  const portals = usePortals();
  return (id) => portals.find((portal) => portal.id === id)?.name ?? id;
}

/** The time zone of a portal; undefined: this machine's, until it is known. */
export function useTimeZone(portal: string | undefined): string | undefined {
  return usePortals().find(({ id }) => id === portal)?.timeZone;
}
