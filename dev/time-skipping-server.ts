import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache-folder.ts';
import { isExecutable, onPath } from './find-program.ts';
import { downloadBySdk } from './sdk-download.ts';

/** 1.40.0 is not on Maven Central. */
const VERSION = '1.39.0';

/**
 * An executable of Temporal's time-skipping test server, for `createTimeSkipping({server: {executable: {type:
 * 'existing-path', path}}})`: TEMPORAL_TEST_SERVER, a kept copy, the SDK's download, or Maven and Java.
 * Throws one line that names the ways.
 */
export async function findTimeSkippingServer(log: (line: string) => void): Promise<string> {
  const given = process.env.TEMPORAL_TEST_SERVER;
  if (given) {
    if (isExecutable(given)) return given;
    throw new Error(`TEMPORAL_TEST_SERVER is not an executable file: ${given}`);
  }
  const kept = path.join(cacheFolder(), `time-skipping-server-${VERSION}`);
  const found =
    (await keptJava(kept)) ??
    (await downloadBySdk('time-skipping', path.join(cacheFolder(), 'bin'), log)) ??
    (await byMaven(kept, log));
  if (found !== undefined) return found;
  throw new Error(
    "no time-skipping test server to be had; tried the SDK's download, Maven with Java. Install Java and Maven, or set TEMPORAL_TEST_SERVER",
  );
}

async function keptJava(folder: string): Promise<string | undefined> {
  const wrapper = path.join(folder, 'temporal-test-server');
  return isExecutable(wrapper) && onPath('java') !== undefined ? wrapper : undefined;
}

/** The jars from Maven Central (38 MB) and a wrapper in front; moved into place whole. */
async function byMaven(folder: string, log: (line: string) => void): Promise<string | undefined> {
  const maven = onPath('mvn');
  if (maven === undefined || onPath('java') === undefined) return undefined;
  log("fetching Temporal's test server through Maven, only this once");
  await mkdir(path.dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}.`);
  try {
    await writeFile(path.join(draft, 'pom.xml'), pom);
    const flags = [
      '-q',
      '-B',
      '-f',
      path.join(draft, 'pom.xml'),
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
    ];
    await promisify(execFile)(maven, [...flags, `-DoutputDirectory=${path.join(draft, 'lib')}`], { timeout: 600_000 });
    await writeFile(path.join(draft, 'temporal-test-server'), wrapper);
    await chmod(path.join(draft, 'temporal-test-server'), 0o755);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } catch (error) {
    log(
      `Maven could not fetch Temporal's test server: ${(error as { stdout?: string }).stdout?.split('\n')[0] ?? String(error)}`,
    );
    return undefined;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return keptJava(folder);
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>gatehouse</groupId><artifactId>time-skipping-server</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${VERSION}</version></dependency>
  </dependencies>
</project>
`;

/** The serial collector and the quick compiler alone: up in 3 s instead of 6. */
const wrapper = `#!/bin/sh
here=$(dirname -- "$0")
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`;
