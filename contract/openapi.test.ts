import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openApiDocument } from './openapi.ts';
import { routes } from './routes/index.ts';

interface Operation {
  operationId: string;
  tags: string[];
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  security: Record<string, string[]>[];
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, { in: string; name: string }> };
}

const document = openApiDocument() as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Every value under a key, wherever it stands. */
function found(key: string, within: unknown): unknown[] {
  if (typeof within !== 'object' || within === null) return [];
  return Object.entries(within).flatMap(([name, value]) => [...(name === key ? [value] : []), ...found(key, value)]);
}

describe('the published document', () => {
  it('is OpenAPI 3.1 and has every route once', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(
      routes.map(({ name }) => name).sort(),
    );
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it('refers to nothing that is not there', () => {
    for (const reference of found('$ref', document)) {
      expect(reference).toMatch(/^#\/components\/schemas\//);
      expect(Object.keys(document.components.schemas)).toContain(String(reference).split('/').pop());
    }
  });

  it('declares every parameter of every path, and no other', () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name).sort()).toEqual(inPath.sort());
      expect(declared.every(({ required }) => required === true)).toBe(true);
    }
  });

  it('says of every call what it answers, how it is refused, and whose session it needs', () => {
    for (const { operation } of operations) {
      const statuses = Object.keys(operation.responses).map(Number);
      expect(statuses.filter((status) => status < 300)).toHaveLength(1);
      expect(statuses).toEqual(expect.arrayContaining([429, 500, 503]));
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) >= 400) expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
      }
      for (const scheme of operation.security.flatMap(Object.keys)) {
        expect(document.components.securitySchemes[scheme]).toMatchObject({ type: 'apiKey', in: 'cookie' });
      }
    }
  });

  it('has schemas that compile, and that hold for real bodies', () => {
    // Patterns as in the document: JSON Schema has no flags.
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'document', components: document.components });
    for (const name of Object.keys(document.components.schemas)) {
      expect(ajv.getSchema(`document#/components/schemas/${name}`)).toBeInstanceOf(Function);
    }
    for (const pattern of found('pattern', document)) expect(pattern).not.toMatch(/\$\/[a-z]+$/);
    const form = ajv.getSchema('document#/components/schemas/ApplicationForm');
    const ada = {
      firstName: 'Ada',
      lastName: 'Ferris',
      dateOfBirth: '1984-02-29',
      email: 'a@b.example',
      postalCode: '02139',
    };
    expect(form?.(ada)).toBe(true);
    expect(form?.({ ...ada, role: 'admin' })).toBe(false);
    expect(form?.({ ...ada, firstName: undefined })).toBe(false);
  });

  it('shows nullable parts as such, without making the shared ones nullable', () => {
    const schemas = document.components.schemas as Record<
      string,
      { type?: unknown; properties?: Record<string, object> }
    >;
    for (const [name, schema] of Object.entries(schemas)) expect([name, schema.type]).toEqual([name, 'object']);
    expect(schemas.StaffCase?.properties?.secret).toEqual({
      anyOf: [{ $ref: '#/components/schemas/SecretState' }, { type: 'null' }],
    });
    expect(schemas.StaffCase?.properties?.dueAt).toMatchObject({
      type: ['string', 'null'],
      format: 'date-time',
    });
  });
});
