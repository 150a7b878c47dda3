import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../contract/problems.ts';
import type { RouteDescriptor } from '../contract/route.ts';
import type { ApiSettings } from './settings.ts';

type Origins = Pick<ApiSettings, 'publicOrigin' | 'devOrigins' | 'temporalUiOrigins'>;

/**
 * Refuses an unsafe call that another site may have made (api.md "Cookies"): what the browser says of its origin has to be
 * right, and a call with one of our cookies has to say it and to carry `X-Gatehouse: 1`. Raises `csrf_refused`.
 */
export function refuseCrossSite(
  route: Pick<RouteDescriptor, 'method' | 'crossOrigin'>,
  headers: IncomingHttpHeaders,
  hasOurCookie: boolean,
  origins: Origins,
): void {
  if (route.method === 'get') return;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  // Temporal Web stands on an origin of its own: there the exact origin is the proof.
  if (route.crossOrigin && origin !== undefined && origins.temporalUiOrigins.includes(origin)) return;
  if (origin !== undefined && !isOwnOrigin(origin, origins)) throw new Problem('csrf_refused');
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isDeveloping(origin, origins)) {
    throw new Problem('csrf_refused');
  }
  if (!hasOurCookie) return;
  if ((origin === undefined && site === undefined) || headers['x-gatehouse'] !== '1') throw new Problem('csrf_refused');
}

function isOwnOrigin(origin: string, origins: Origins): boolean {
  return origin === origins.publicOrigin || origins.devOrigins.includes(origin);
}

/** A page under development comes from another port of the same machine, which browsers call another site's. */
function isDeveloping(origin: string | undefined, { devOrigins }: Origins): boolean {
  return origin !== undefined && devOrigins.includes(origin);
}

/** What lets Temporal Web read the answer; nothing for any other page. */
export function corsHeaders(origin: string | undefined, { temporalUiOrigins }: Origins): Record<string, string> {
  if (origin === undefined || !temporalUiOrigins.includes(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'POST, OPTIONS',
    'Access-Control-Allow-Headers': 'Content-Type, X-Namespace, Authorization, Caller-Type',
    'Access-Control-Max-Age': '600',
  };
}
