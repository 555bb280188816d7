// Runs the agent as `npm start` does, for jobs of a LiveKit that is played here, one after the other, and writes what became of each:
// it asked for the room, or ended the job. node --import tsx test/work.ts JOB...; the gateway and the key are in the environment.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Given, startLiveKit } from './livekit.ts';

const environment = process.env;
const jobs = process.argv.slice(2).map(job => JSON.parse(job) as Given);
let over = () => {};
const ended = new Promise<void>(resolve => {
  over = resolve;
});
const liveKit = await startLiveKit(environment.LIVEKIT_API_KEY ?? '', environment.LIVEKIT_API_SECRET ?? '', jobs, what => {
  console.log(what);
  if (what.startsWith('joins')) another();
});
const another = () => (jobs.length > 0 ? liveKit.next() : over());
const worker = spawn(process.execPath, ['--import', 'tsx', 'start.ts', 'dev', '--log-level', 'debug'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...environment, LIVEKIT_URL: liveKit.url },
  stdio: ['ignore', 'pipe', 'pipe'],
  detached: true,
});
for (const log of [worker.stdout, worker.stderr]) {
  log.on('data', (bytes: Buffer) => {
    process.stderr.write(bytes);
    const reason = /job exiting[^"]*reason: "(.*)"/.exec(bytes.toString('utf8'));
    if (reason) console.log(`ends the job: ${reason[1]}`);
    if (reason) another();
  });
}
worker.on('exit', code => {
  console.log(`exits ${code}`);
  over();
});
const impatient = setTimeout(() => {
  console.log('does nothing more');
  over();
}, 120_000);
await ended;
clearTimeout(impatient);
worker.removeAllListeners('exit');
if (worker.pid && worker.exitCode === null) process.kill(-worker.pid, 'SIGKILL'); // With the process of its job.
liveKit.close();
