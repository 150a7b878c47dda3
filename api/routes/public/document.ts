import { openApiDocument } from '../../../contract/openapi.ts';
import { readOpenApi } from '../../../contract/routes/public/document.ts';
import { handle } from '../../handle.ts';

export const documentRoute = handle(readOpenApi, async () => ({ ...openApiDocument() }));
