// A gateway process with a simulated network, for a browser to look at.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const program = new URL('../../artifacts/bin/LocalHost/release/VoiceFunctions.LocalHost.dll', import.meta.url).pathname;

/** Starts one on a free port; `settings` are further environment variables. */
export async function startGateway(settings = {}) {
  const child = spawn('dotnet', [program], { env: { ...process.env, PORT: '0', ...settings }, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const said = [];
  const url = await new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`the gateway ended with ${code}: ${said.join('\n')}`)));
    lines.on('line', line => {
      said.push(line);
      if (line.startsWith('Ctrl-C stops.')) {
        resolve(said.find(one => one.startsWith('VoiceFunctions on ')).slice('VoiceFunctions on '.length));
      }
    });
  });

  return {
    url,
    said,
    async call(scenario) {
      const response = await fetch(`${url}/simulate/${scenario}`, { method: 'POST' });
      if (response.status !== 202) {
        throw new Error(`${scenario}: ${response.status} ${await response.text()}`);
      }
    },
    async stop() {
      const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
      const began = Date.now();
      child.kill('SIGTERM');
      await ended;
      return Date.now() - began;
    },
  };
}
