import type { MountedRoute } from '../handle.ts';
import { publicRoutes } from './public/index.ts';
import { staffRoutes } from './staff/index.ts';

/** Every route with its handler. */
export const routes: readonly MountedRoute[] = [...publicRoutes, ...staffRoutes];
