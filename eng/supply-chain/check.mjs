// What comes in from outside: every package is locked, of a licence that allowed.json takes, and what no lock file covers has the hash that it
// should have. Needs restored packages: `dotnet restore VoiceFunctions.sln`.
//   node eng/supply-chain/check.mjs            ends with 'N passed, N failed'
//   node eng/supply-chain/check.mjs hashes     shows the hashes of what no lock file covers, to be written into allowed.json
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const read = file => fs.readFileSync(path.join(root, file), 'utf8');
const allowed = JSON.parse(read('eng/supply-chain/allowed.json'));
const packages = process.env.NUGET_PACKAGES ?? path.join(os.homedir(), '.nuget/packages');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).trim().split('\n');

/** What a restore brings that no lock file covers, as id/version: tools, and the Bicep CLI. */
const unlocked = [
  ...Object.entries(JSON.parse(read('.config/dotnet-tools.json')).tools).map(([id, { version }]) => `${id}/${version}`),
  `azure.bicep.commandline.linux-x64/${read('tests/infra/bicep-cli/bicep-cli.csproj').match(/<BicepVersion>(.*)<\/BicepVersion>/)[1]}`,
];
const folderOf = name => path.join(packages, ...name.toLowerCase().split('/'));
const hashOf = name => {
  const file = path.join(folderOf(name), `${name.toLowerCase().replace('/', '.')}.nupkg`);
  return fs.existsSync(file) ? createHash('sha512').update(fs.readFileSync(file)).digest('base64') : undefined;
};

if (process.argv[2] === 'hashes') {
  console.log(JSON.stringify(Object.fromEntries(unlocked.map(name => [name, hashOf(name) ?? 'not restored'])), null, 2));
  process.exit(0);
}

let passed = 0;
let failed = 0;
function check(what, wrong) {
  wrong.length === 0 ? passed++ : failed++;
  if (wrong.length > 0) console.log([`FAILED ${what}`, ...wrong.map(line => `  ${line}`)].join('\n'));
}

const projects = tracked.filter(file => file.endsWith('.csproj') && file !== 'tests/LiveKitSdk.Tests/LiveKitSdk.Tests.csproj');
check(
  'every project has a lock file',
  projects.filter(project => !tracked.includes(`${path.posix.dirname(project)}/packages.lock.json`)),
);

/** Every package of every lock file, once. */
const locked = new Map();
for (const file of tracked.filter(file => /(^|\/)packages(\.\w+)?\.lock\.json$/.test(file))) {
  for (const dependencies of Object.values(JSON.parse(read(file)).dependencies)) {
    for (const [id, { type, resolved, contentHash }] of Object.entries(dependencies)) {
      if (type !== 'Project') locked.set(`${id}/${resolved}`, contentHash);
    }
  }
}

check(
  'every locked package has a hash',
  [...locked].filter(([, hash]) => !hash).map(([name]) => name),
);

/** A package's licence: an SPDX expression, or what stands in its place. */
function licenceOf(name) {
  const folder = folderOf(name);
  const file = fs.existsSync(folder) ? fs.readdirSync(folder).find(one => one.endsWith('.nuspec')) : undefined;
  if (file === undefined) return undefined;
  const nuspec = fs.readFileSync(path.join(folder, file), 'utf8');
  return (nuspec.match(/<license type="expression">([^<]+)</) ?? nuspec.match(/<license type="file">([^<]+)</) ?? nuspec.match(/<licenseUrl>([^<]+)</))?.[1];
}

const isAllowed = expression =>
  expression !== undefined && expression.replaceAll(/[()]/g, '').split(/ OR /).some(one => one.split(/ AND /).every(part => allowed.licences.includes(part.trim())));
const nuget = [...locked.keys(), ...unlocked].map(name => [name, licenceOf(name)]);
check(
  'every NuGet package has an allowed licence',
  nuget
    .filter(([name, licence]) => licence !== undefined && !isAllowed(licence) && !(allowed.reviewed[name.split('/')[0]]?.licence === licence))
    .map(([name, licence]) => `${name}: ${licence}`),
);
check(
  'the licence of nearly every locked package could be read; the rest are for other platforms',
  nuget.filter(([, licence]) => licence === undefined).length > nuget.length / 10 ? ['restore first: dotnet restore VoiceFunctions.sln'] : [],
);
check(
  'every reviewed licence is still needed',
  Object.keys(allowed.reviewed).filter(id => !nuget.some(([name]) => name.split('/')[0] === id)),
);

/** A name of npmReviewed may end with a star: a package for each platform. */
const isReviewed = name => Object.keys(allowed.npmReviewed).some(one => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one));
const npm = tracked
  .filter(file => file.endsWith('package-lock.json'))
  .flatMap(file => Object.entries(JSON.parse(read(file)).packages).filter(([name]) => name !== '').map(([name, entry]) => ({ file, name, ...entry })));
check(
  'every npm package has an integrity hash',
  npm.filter(({ integrity, inBundle }) => !integrity && !inBundle).map(({ file, name }) => `${file}: ${name}`),
);
check(
  'every npm package has an allowed licence',
  npm
    .filter(({ name, license }) => !isAllowed(license) && !isReviewed(name.split('node_modules/').at(-1)))
    .map(({ file, name, license }) => `${file}: ${name}: ${license}`),
);

check(
  'what no lock file covers has its hash',
  unlocked
    .map(name => [name, hashOf(name)])
    .filter(([name, hash]) => allowed.sha512[name] === undefined || (hash !== undefined && hash !== allowed.sha512[name]))
    .map(([name, hash]) => `${name}: ${hash ?? 'no hash is known'}`),
);

const workflows = tracked.filter(file => /^\.github\/workflows\/.*\.yml$/.test(file));
check(
  'every action is pinned by its commit',
  workflows.flatMap(file =>
    [...read(file).matchAll(/uses: (\S+)/g)].filter(([, action]) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action)).map(([, action]) => `${file}: ${action}`),
  ),
);
check(
  'npm packages are installed from lock files alone',
  tracked
    .filter(file => /\.(yml|sh)$|^\.ci\/run$/.test(file))
    .flatMap(file => [...read(file).matchAll(/npm (install|i) .*/g)].map(([line]) => `${file}: ${line}`)),
);

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
