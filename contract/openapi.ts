import {
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { listQuerySchema } from './list-query.ts';
import { type ProblemCode, problemCodes } from './problems.ts';
import { apiBase, problemsOf, type RouteDescriptor } from './route.ts';
import { routes } from './routes/index.ts';

/** The OpenAPI 3.1 document of every route, made once from the descriptors. */
export function openApiDocument(): object {
  made ??= new OpenApiGeneratorV31(registry().definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse',
      version: '1',
      description:
        'Provisions portal accounts. Errors are problem+json with a `code` for programs and a `nextStep` for people. ' +
        'Every unsafe call that carries one of our cookies also sends `X-Gatehouse: 1` and `Origin` or `Sec-Fetch-Site`.',
    },
    servers: [{ url: apiBase }],
    tags: [...new Set(routes.flatMap(({ tags }) => tags))].map((name) => ({ name })),
  });
  return made;
}

let made: object | undefined;

function registry(): OpenAPIRegistry {
  const registry = new OpenAPIRegistry();
  for (const [name, scheme] of Object.entries(securitySchemes))
    registry.registerComponent('securitySchemes', name, scheme);
  for (const route of routes) registry.registerPath(pathItem(route));
  return registry;
}

const securitySchemes = {
  staff: cookie('gh_staff', 'A member’s session.'),
  account: cookie('gh_account_{portal}', 'The session of an account of the portal.'),
  activation: cookie('gh_activation_{portal}', 'A half-finished activation at the portal.'),
  registration: cookie('gh_registration_{portal}', 'A half-finished registration at the portal.'),
} as const;

function cookie(name: string, description: string) {
  return {
    type: 'apiKey',
    in: 'cookie',
    name,
    description: `${description} With https the name begins with \`__Host-\`.`,
  } as const;
}

function pathItem(route: RouteDescriptor): RouteConfig {
  const query = route.list ? listQuerySchema(route.list) : route.query;
  return {
    method: route.method,
    path: route.path.replace(/:([A-Za-z]+)/g, '{$1}'),
    operationId: route.name,
    summary: route.summary,
    ...descriptionOf(route),
    tags: [...route.tags],
    security: route.access === 'public' ? [] : [{ [route.access]: [] }],
    request: {
      ...(route.params instanceof z.ZodObject && { params: route.params }),
      ...(query && { query }),
      ...(route.idempotent && { headers: [idempotencyKey] }),
      ...(route.body && { body: { required: true, content: { 'application/json': { schema: route.body } } } }),
    },
    responses: { [route.status]: success(route), ...refusals(problemsOf(route)) },
  };
}

/** The permission a call needs, in words. */
function descriptionOf({ permission }: RouteDescriptor): { description?: string } {
  if (permission === undefined) return {};
  if (typeof permission === 'function') return { description: 'Needs the permission named for the action.' };
  const names = [permission].flat().map((name) => `\`${name}\``);
  return { description: `Needs ${names.join(' or ')}.` };
}

const idempotencyKey = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[!-~]{1,200}$/)
    .describe('A repeat with the same body gets the first answer.'),
});

function success(route: RouteDescriptor): ResponseConfig {
  const headers = {
    'X-Request-Id': { schema: { type: 'string' } },
    ...Object.fromEntries(
      Object.entries(route.responseHeaders ?? {}).map(([name, description]) => [
        name,
        { description, schema: { type: 'string' } },
      ]),
    ),
    ...(route.idempotent && {
      'Idempotency-Replayed': { description: '`true` on a repeat.', schema: { type: 'string' } },
    }),
  };
  const type = route.mediaType ?? (route.stream ? 'text/event-stream' : 'application/json');
  return {
    description: route.status === 204 ? 'Done.' : route.summary,
    headers: headers as NonNullable<ResponseConfig['headers']>,
    ...(route.response && { content: { [type]: { schema: route.response } } }),
  };
}

const problemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('For a person.'),
    code: z.string().describe('For a program.'),
    nextStep: z.string().describe('What the person can do now.'),
    requestId: z.string(),
    errors: z.record(z.string(), z.string()).optional().describe('Dotted field path → what is wrong with it.'),
    current: z.unknown().optional().describe('What is so now.'),
    step: z.string().optional(),
    triesLeft: z.int().optional(),
    reasonClass: z.enum(['expired', 'unusable']).optional(),
    reason: z.string().optional().describe('Why: the rule that a username or password breaks, …'),
  })
  .meta({ id: 'Problem' });

/** One answer per status, naming the codes that may come with it. */
function refusals(codes: readonly ProblemCode[]): Record<string, ResponseConfig> {
  const statuses = [...new Set(codes.map((code) => problemCodes[code].status))];
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: codes
          .filter((code) => problemCodes[code].status === status)
          .map((code) => `\`${code}\`: ${problemCodes[code].title}`)
          .join(' · '),
        content: { 'application/problem+json': { schema: problemBody } },
      },
    ]),
  );
}
