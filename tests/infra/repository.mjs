// What the infrastructure is compared with: the settings, routes and metrics that the code declares, and the files of this repository.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const templates = path.join(root, 'infra/bicep');
export const read = (...parts) => fs.readFileSync(path.join(root, ...parts), 'utf8');

export function files(folder, ...endings) {
  return fs
    .readdirSync(folder, { recursive: true })
    .filter(file => endings.some(ending => file.endsWith(ending)))
    .map(file => path.join(folder, file))
    .sort();
}

const copies = [];
process.on('exit', () => copies.forEach(folder => fs.rmSync(folder, { recursive: true, force: true })));

/** A copy of infra/bicep, or of a copy, that is gone when this process ends. */
export function copyOfTemplates(source = templates) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'infra-'));
  copies.push(folder);
  fs.cpSync(source, folder, { recursive: true });
  return folder;
}

/** The settings of SettingNames.cs and of the files that it takes in: name, need and whether it is a secret. */
export const settings = (() => {
  const folder = 'src/Core/Settings';
  const files = fs.readdirSync(path.join(root, folder)).filter(file => /SettingNames(\.\w+)?\.cs$/.test(file));
  const text = files.map(file => read(`${folder}/${file}`)).join('\n');
  const names = new Map([...text.matchAll(/const string (\w+) = "([A-Z0-9_]+)";/g)].map(([, symbol, name]) => [symbol, name]));
  const found = [...text.matchAll(/new\(\s*(\w+),\s*SettingNeed\.(\w+),([\s\S]*?)(?=\n {8}new\(|\n {4}\];)/g)].map(
    ([, symbol, need, rest]) => ({ name: names.get(symbol), need, isSecret: /IsSecret = true/.test(rest) }),
  );
  if (found.length === 0 || found.length !== names.size || found.some(setting => setting.name === undefined)) {
    throw new Error(`SettingNames.cs reads differently now: ${names.size} names, ${found.length} settings`);
  }

  return found;
})();

/**
 * Settings that nobody hands over: the template sets two by itself, and three are never set, since the accounts take no keys, nothing in the
 * cloud is simulated, and the cloud exports its metrics.
 */
export const setByTheTemplate = new Set(['CALLS_STORAGE_TABLE_URI', 'AZURE_CLIENT_ID']);
export const neverSet = new Set(['CALLS_STORAGE_CONNECTION', 'SIMULATE_WITH_REAL_JOURNAL', 'METRICS_OPEN']);

/** The settings that the parameter files must read. */
export const handedOver = settings.filter(({ name }) => !setByTheTemplate.has(name) && !neverSet.has(name));

/** The routes of GatewayRoutes.cs by the name of their function. */
export const routes = new Map(
  [...read('src/Core/Http/GatewayRoutes.cs').matchAll(/new\("(\w+)", "\w+", "([^"]+)"/g)].map(([, name, template]) => [name, template]),
);

/** The metrics of the approved list with their tags; a test of Functions.Tests holds the list to the code. */
export const metrics = new Map(
  read('tests/Approved/metrics.txt')
    .trim()
    .split('\n')
    .map(line => {
      const [name, , tags] = line.split('|').map(part => part.trim());
      return [name, tags === '' ? [] : tags.split(', ')];
    }),
);

/** Every variable that a parameter file reads. */
export const variables = new Set(
  files(templates, '.bicepparam').flatMap(file =>
    [...fs.readFileSync(file, 'utf8').matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(([, name]) => name),
  ),
);
