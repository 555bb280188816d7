// The CLI's own word: every gate passes, every gate can fail, and what must be refused is.
import path from 'node:path';
import { bicep } from '../bicep.mjs';
import { gateFaults } from '../faults/gates.mjs';
import { gates } from '../gates.mjs';
import { unsound, write } from '../plant.mjs';
import { attempt } from '../report.mjs';
import { copyOfTemplates, files, templates } from '../repository.mjs';
import { refusals } from '../scenarios.mjs';

const parameterFiles = files(templates, '.bicepparam').map(file => path.basename(file));

/** What was said of a parameter file, or of none of them. */
const saidOf = (name, problems) =>
  problems.filter(problem => problem.includes(`/${name}(`) || !parameterFiles.some(other => problem.includes(`/${other}(`)));

async function passes([name, gate]) {
  const problems = await gate(templates);
  return name === 'build-params'
    ? parameterFiles.map(file => [`bicep build-params ${file}`, saidOf(file, problems)])
    : [[`bicep ${name}`, problems]];
}

const fails = fault =>
  attempt(`bicep ${fault.gate} refuses ${fault.title}`, async () => {
    const folder = copyOfTemplates();
    write(fault, folder);
    const problems = await gates[fault.gate](folder);
    return problems.some(problem => fault.says.test(problem)) ? [] : [`it says: ${problems.join('; ') || 'nothing'}`];
  });

const refuses = ({ title, file, environment, says }) =>
  attempt(`bicep build-params refuses ${title}`, async () => {
    const { status, stderr } = await bicep(['build-params', `${file}.bicepparam`, '--stdout'], templates, environment);
    return [
      ...(status === 0 ? ['it does not'] : []),
      ...says.filter(pattern => !pattern.test(stderr)).map(pattern => `it does not say ${pattern}, but: ${stderr}`),
    ];
  });

export async function checkGates() {
  const passed = (await Promise.all(Object.entries(gates).map(passes))).flat();
  const instead = unsound(passed);
  return [...passed, ...instead, ...(await Promise.all([...(instead.length > 0 ? [] : gateFaults.map(fails)), ...refusals.map(refuses)]))];
}
