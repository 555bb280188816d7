// The real Bicep CLI: where it is, and how it is run with an environment of its own.
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { read, root, variables } from './repository.mjs';

const project = path.join(root, 'tests/infra/bicep-cli');

/** The CLI's path. Its version is that of bicep-cli.csproj: out of a package on Linux x64, elsewhere the one that BICEP names. */
function locate() {
  const version = fs.readFileSync(path.join(project, 'bicep-cli.csproj'), 'utf8').match(/<BicepVersion>(.*)<\/BicepVersion>/)[1];
  if (process.env.BICEP) {
    const told = spawnSync(process.env.BICEP, ['--version'], { encoding: 'utf8' }).stdout ?? '';
    if (!told.includes(` ${version} `)) throw new Error(`BICEP must be the Bicep CLI ${version}; it says '${told.trim()}'`);
    return process.env.BICEP;
  }

  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The package of the Bicep CLI is for Linux x64. Install version ${version} for this machine and put its path into BICEP.`,
    );
  }

  const env = { ...process.env, DOTNET_NOLOGO: '1', DOTNET_CLI_TELEMETRY_OPTOUT: '1' };
  const restored = spawnSync('dotnet', ['build', project, '-t:Where', '-getProperty:BicepPath', '-nologo'], { encoding: 'utf8', env });
  const found = (restored.stdout ?? '').trim().split('\n').at(-1);
  if (restored.status === 0 && fs.existsSync(found)) {
    const name = `azure.bicep.commandline.linux-x64/${version}`;
    const hash = createHash('sha512').update(fs.readFileSync(path.join(path.dirname(found), '..', `${name.replace('/', '.')}.nupkg`))).digest('base64');
    if (hash === JSON.parse(read('eng/supply-chain/allowed.json')).sha512[name]) return found;
    throw new Error(`The package of the Bicep CLI has another hash than eng/supply-chain/allowed.json names: ${hash}`);
  }

  throw new Error(`The Bicep CLI did not restore: ${restored.error ?? ''}${restored.stdout ?? ''}${restored.stderr ?? ''}`);
}

export const cli = locate();

/** What deployments are predicted for: names and ids are derived from it. */
export const target = {
  tenantId: '00000000-0000-0000-0000-000000000000',
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  location: 'westeurope',
  deploymentName: 'voicefunctions',
};

/** This process's environment without anything that a parameter file reads, and with what is given. */
export const cleanEnvironment = given => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !variables.has(name))),
  ...given,
});

let free = availableParallelism();
const queue = [];

/** Runs the CLI in a folder, at most one for each core at a time; resolves to its status and what it printed. */
export async function bicep(args, folder, environment) {
  if (free === 0) await new Promise(resolve => queue.push(resolve));
  else free--;
  const options = { cwd: folder, env: cleanEnvironment(environment), maxBuffer: 64 * 1024 * 1024 };
  const ended = await new Promise(resolve =>
    execFile(cli, args, options, (error, stdout, stderr) => resolve({ status: error ? (error.code ?? 1) : 0, stdout, stderr })),
  );
  if (queue.length > 0) queue.shift()();
  else free++;
  return ended;
}
