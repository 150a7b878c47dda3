import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import path from 'node:path';

// Loaded before API and worker (`--profile`): samples them from start to end. Node does not take --cpu-prof by environment.
const room = /dist[\\/](api|worker)[\\/]main\.js$/.exec(process.argv[1] ?? '')?.[1];
const folder = process.env.BENCH_PROFILE_FOLDER;

if (room !== undefined && folder !== undefined) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 1_000 });
  session.post('Profiler.start');
  process.once('exit', () => {
    session.post('Profiler.stop', (error, stopped) => {
      if (error) return;
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `${room}-${process.pid}.cpuprofile`), JSON.stringify(stopped.profile));
    });
  });
}
