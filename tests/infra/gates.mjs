// What the Bicep CLI itself says of the files. It ends well also where it warns, so whatever it prints beside its result is a failure.
import fs from 'node:fs';
import path from 'node:path';
import { bicep, target } from './bicep.mjs';
import { copyOfTemplates, files } from './repository.mjs';
import { production } from './scenarios.mjs';

/** The arguments of a snapshot of prod. */
export const snapshotOfProd = mode => [
  ...['snapshot', 'prod.bicepparam', '--mode', mode],
  ...Object.entries(target).flatMap(([name, value]) => [`--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`, value]),
];

/** What is wrong with a run of the CLI, which says some of it several times. */
const problemsOf = ({ status, stderr }) => {
  const said = [...new Set(stderr.trim().split('\n'))].filter(line => line !== '');
  return status !== 0 && said.length === 0 ? [`ended with ${status}`] : said;
};

const run = async (args, folder) => problemsOf(await bicep(args, folder, production));

async function snapshot(folder) {
  const { status, stdout, stderr } = await bicep(snapshotOfProd('validate'), folder, production);
  const differs = status === 0 ? [] : ['renew it with: node tests/infra/write-snapshot.mjs', ...stdout.split('\n').slice(0, 60)];
  return [...problemsOf({ status: 0, stderr }), ...differs];
}

/** The CLI formats in place, so it gets a copy. */
async function format(folder) {
  const formatted = copyOfTemplates(folder);
  return [
    ...(await run(['format', '--pattern', '**/*.bicep*'], formatted)),
    ...files(folder, '.bicep', '.bicepparam')
      .map(file => path.relative(folder, file))
      .filter(file => fs.readFileSync(path.join(folder, file), 'utf8') !== fs.readFileSync(path.join(formatted, file), 'utf8'))
      .map(file => `${file} is not formatted: bicep format ${file}`),
  ];
}

/** The CLI builds all parameter files at once and writes beside them, so it gets a copy. */
const buildParameters = folder => run(['build-params', '--pattern', '*.bicepparam'], copyOfTemplates(folder));

/** Every gate by its name: a folder with the files in, problems out. */
export const gates = {
  build: folder => run(['build', 'main.bicep', '--stdout'], folder),
  lint: folder => run(['lint', '--pattern', '**/*.bicep'], folder),
  format,
  'build-params': buildParameters,
  'snapshot of prod': snapshot,
};
