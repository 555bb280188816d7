// What the infrastructure is compared with: the settings and routes that the code declares, and the files of this repository.
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const read = (...parts) => fs.readFileSync(path.join(root, ...parts), 'utf8');

export function files(folder, ...endings) {
  const start = path.join(root, folder);
  return fs
    .readdirSync(start, { recursive: true })
    .filter(file => !/(^|[/\\])(node_modules|bin|obj)[/\\]/.test(file) && endings.some(ending => file.endsWith(ending)))
    .map(file => path.join(start, file))
    .sort();
}

/** The settings of SettingNames.cs: name, need and whether it is a secret. */
export const settings = (() => {
  const text = read('src/Core/Settings/SettingNames.cs');
  const names = new Map([...text.matchAll(/const string (\w+) = "([A-Z0-9_]+)";/g)].map(([, symbol, name]) => [symbol, name]));
  const found = [...text.matchAll(/new\((\w+), SettingNeed\.(\w+),.*?\)( \{ IsSecret = true \})?,?$/gm)]
    .map(([, symbol, need, secret]) => ({ name: names.get(symbol), need, isSecret: secret !== undefined }));
  if (found.length === 0 || found.length !== names.size || found.some(setting => setting.name === undefined)) {
    throw new Error(`SettingNames.cs reads differently now: ${names.size} names, ${found.length} settings`);
  }

  return found;
})();

/** The routes of GatewayRoutes.cs by the name of their function. */
export const routes = new Map(
  [...read('src/Core/Http/GatewayRoutes.cs').matchAll(/new\("(\w+)", "\w+", "([^"]+)"/g)].map(([, name, template]) => [name, template]));
