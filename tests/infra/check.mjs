// Holds infra/ and .github/workflows to the rules, shows that every rule can fail, and runs infra/after-deploy.sh.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from './bicep.mjs';
import { checkScript } from './after-deploy.mjs';
import { checkAzd } from './azd.mjs';
import { files, root } from './repository.mjs';
import * as parameters from './rules/parameters.mjs';
import * as queries from './rules/queries.mjs';
import * as security from './rules/security.mjs';
import * as settings from './rules/settings.mjs';
import * as structure from './rules/structure.mjs';
import * as workflows from './rules/workflows.mjs';

const plain = file => ({ file, name: path.basename(file), text: fs.readFileSync(file, 'utf8') });
const bicep = { read: parse, endings: ['.bicep', '.bicepparam'], rules: { ...structure, ...security, ...settings, ...parameters } };
const kinds = [
  { ...bicep, files: files('infra/bicep', ...bicep.endings) },
  { read: plain, endings: ['.kql'], rules: queries, files: files('infra/bicep', '.kql', 'workbook.json') },
  { read: plain, endings: ['.yml'], rules: workflows, files: files('.github/workflows', '.yml') },
];

const counts = { passed: 0, failed: 0 };
function report(title, problems) {
  counts[problems.length === 0 ? 'passed' : 'failed']++;
  console.log(`${problems.length === 0 ? 'pass' : 'FAIL'}  ${title}`);
  problems.forEach(problem => console.log(`      ${problem}`));
}

const words = name => name.replace(/([A-Z])/g, letter => ` ${letter.toLowerCase()}`);

for (const kind of kinds) {
  const read = kind.files.map(kind.read);
  for (const [name, rule] of Object.entries(kind.rules)) {
    const problems = read.flatMap(file => rule(file).map(problem => `${path.relative(root, file.file)}: ${problem}`));
    report(`${words(name)} (${read.length} files)`, read.length === 0 ? ['there are no files'] : problems);
  }
}

// A broken file is named after the one rule that must catch it: rule.bicep, or rule--case.bicep.
const broken = files('tests/infra/broken', '.bicep', '.bicepparam', '.kql', '.yml');
for (const kind of kinds) {
  const samples = broken.filter(file => kind.endings.some(ending => file.endsWith(ending)));
  for (const sample of samples) {
    const expected = path.basename(sample).split(/--|\./)[0];
    const file = kind.read(sample);
    const caughtBy = Object.entries(kind.rules).filter(([name, rule]) => (expected === 'syntax' ? name === 'syntax' : true) && rule(file).length > 0).map(([name]) => name);
    const isCaught = caughtBy.length === 1 && caughtBy[0] === expected;
    report(`broken/${path.basename(sample)} is caught`, isCaught ? [] : [`caught by ${caughtBy.join(', ') || 'nothing'}`]);
  }

  const shown = new Set(samples.map(sample => path.basename(sample).split(/--|\./)[0]));
  report('every rule has a broken file', Object.keys(kind.rules).filter(name => !shown.has(name)));
}

checkScript(report);
checkAzd(report);

console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
