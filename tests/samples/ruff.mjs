// Ruff on samples/agent-python, with the rules of its pyproject.toml: lint and format. --fix formats.
//   node tests/samples/ruff.mjs
import fs from 'node:fs';
import path from 'node:path';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

const folder = path.resolve(import.meta.dirname, '../../samples/agent-python');
const project = fs.readFileSync(path.join(folder, 'pyproject.toml'), 'utf8');
const rule = name => JSON.parse(project.match(new RegExp(`^${name} = (\\S.*?)(?: #.*)?$`, 'm'))[1]);
const workspace = new Workspace(
  { 'line-length': rule('line-length'), 'target-version': 'py310', lint: { select: rule('select'), ignore: rule('ignore') } },
  PositionEncoding.Utf16,
);
const files = ['', 'tests'].flatMap(inner => fs.readdirSync(path.join(folder, inner)).filter(name => name.endsWith('.py')).map(name => path.join(inner, name)));

let wrong = 0;
for (const file of files) {
  const full = path.join(folder, file);
  const text = fs.readFileSync(full, 'utf8');
  const found = workspace.check(text).map(({ start_location: { row }, code, message }) => `${file}:${row}: ${code} ${message}`);
  const formatted = workspace.format(text);
  if (formatted !== text && process.argv[2] === '--fix') fs.writeFileSync(full, formatted);
  else if (formatted !== text) found.push(`${file}: not formatted; node tests/samples/ruff.mjs --fix`);
  if (found.length > 0) console.log(found.join('\n'));
  wrong += found.length;
}
console.log(`${files.length} files, ${wrong} findings`);
process.exit(wrong === 0 && files.length > 0 ? 0 : 1);
