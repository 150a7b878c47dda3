import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { type CodecKeys, createPayloadCodec } from './codec.ts';

/** How values travel: for every client and every worker alike, or error texts would stand in clear in histories. */
export function dataConverter(keys: CodecKeys): DataConverter {
  return { failureConverterPath, payloadCodecs: [createPayloadCodec(keys)] };
}

/** For `bundleWorkflowCode({failureConverterPath})` too. The same file from source and from dist: it is not compiled. */
export const failureConverterPath = join(packageRoot(import.meta.dirname), 'engine', 'failure-converter.cjs');

function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error(`No package.json above ${import.meta.dirname}`);
  return packageRoot(above);
}
