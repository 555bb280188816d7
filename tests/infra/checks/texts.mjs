// The rules over queries, workflows, containers and GitHub's forms; and that each finds the faults planted for it.
import fs from 'node:fs';
import path from 'node:path';
import { containerFaults, formFaults } from '../faults/containers.mjs';
import { queryFaults, workflowFaults } from '../faults/texts.mjs';
import { plant, problemsOfCatch, titleOf, unshown } from '../plant.mjs';
import { attempt, words } from '../report.mjs';
import { files, root, templates } from '../repository.mjs';
import * as containerRules from '../rules/containers.mjs';
import * as formRules from '../rules/forms.mjs';
import * as queryRules from '../rules/queries.mjs';
import * as workflowRules from '../rules/workflows.mjs';

const workflows = path.join(root, '.github/workflows');
const kinds = [
  { rules: queryRules, faults: queryFaults, files: files(path.join(templates, 'monitoring'), '.kql', '.json') },
  {
    rules: workflowRules,
    faults: workflowFaults,
    files: [...files(workflows, '.yml'), path.join(root, 'tests/infra/faults/workflow.yml')],
  },
  {
    rules: containerRules,
    faults: containerFaults,
    files: ['Dockerfile', 'compose.yaml', '.devcontainer/devcontainer.json'].map(file => path.join(root, file)),
  },
  { rules: formRules, faults: formFaults, files: files(path.join(root, '.github/ISSUE_TEMPLATE'), '.yml') },
];

export async function checkTexts() {
  const results = [];
  for (const kind of kinds) {
    const read = kind.files.map(file => ({ name: path.relative(root, file), text: fs.readFileSync(file, 'utf8') }));
    for (const [name, rule] of Object.entries(kind.rules)) {
      const problems = await Promise.all(read.map(async file => (await rule(file)).map(problem => `${file.name}: ${problem}`)));
      results.push([`${words(name)} (${read.length} files)`, read.length === 0 ? ['there are no files'] : problems.flat()]);
    }

    for (const fault of kind.faults) {
      results.push(await attempt(titleOf(fault), () => problemsOfCatch(fault, kind.rules, { name: fault.file, text: plant(fault, root) })));
    }

    results.push(unshown(kind));
  }

  return results;
}
