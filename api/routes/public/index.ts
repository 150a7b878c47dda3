import type { MountedRoute } from '../../handle.ts';
import { activationRoutes } from './activations.ts';
import { applyRoute } from './apply.ts';
import { documentRoute } from './document.ts';
import { emailStepRoutes } from './email-step.ts';
import { meRoutes } from './me.ts';
import { notMeRoute } from './not-me.ts';
import { ownApplicationRoutes } from './own-application.ts';
import { adviceRoute, portalRoute } from './portals.ts';
import { registrationRoutes } from './registrations.ts';
import { securityQuestionsRoute } from './security-questions.ts';
import { sessionRoutes } from './session.ts';
import { verificationRoute } from './verification-step.ts';

/** Everything below `/portals/:portal`, and the published document. */
export const publicRoutes: readonly MountedRoute[] = [
  portalRoute,
  adviceRoute,
  applyRoute,
  ...ownApplicationRoutes,
  notMeRoute,
  ...activationRoutes,
  ...emailStepRoutes,
  securityQuestionsRoute,
  ...registrationRoutes,
  verificationRoute,
  ...sessionRoutes,
  ...meRoutes,
  documentRoute,
];
