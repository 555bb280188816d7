// The rules over the compiled template, the parameter files and what they deploy; and that each rule finds the faults planted for it.
import fs from 'node:fs';
import path from 'node:path';
import { parametersOf, predict, prepare, startServer } from '../deployments.mjs';
import { securityFaults } from '../faults/security.mjs';
import { parameterFaults, settingsFaults } from '../faults/settings.mjs';
import { templateFaults } from '../faults/template.mjs';
import { problemsOfCatch, titleOf, unshown, unsound, write } from '../plant.mjs';
import { attempt, words } from '../report.mjs';
import { templates } from '../repository.mjs';
import * as parameterRules from '../rules/parameters.mjs';
import * as security from '../rules/security.mjs';
import * as settings from '../rules/settings.mjs';
import * as templateRules from '../rules/template.mjs';
import { scenarios } from '../scenarios.mjs';

const deploymentRules = { ...security, ...settings };
const withoutSecrets = ['prod', 'dev', 'azd, trunks alone, no alerts'];

/** The three kinds of rules: the faults that show them at work, and what they read of a copy of the templates. */
const kinds = [
  { rules: templateRules, faults: templateFaults, read: (server, name, { folder }) => server.compile(path.join(folder, 'main.bicep')) },
  { rules: deploymentRules, faults: [...securityFaults, ...settingsFaults], read: predict },
  { rules: parameterRules, faults: parameterFaults, read: parametersOf },
];

function keepsTheRules(server) {
  const template = server.compile(path.join(templates, 'main.bicep'));
  const given = Promise.all(withoutSecrets.map(async name => ({ name, parameters: await parametersOf(server, name) })));
  const ofParameters = async rule =>
    (await given).flatMap(({ name, parameters }) => rule(parameters).map(problem => `${name}: ${problem}`));
  return [
    ...Object.entries(templateRules).map(([name, rule]) => attempt(words(name), async () => rule(await template))),
    ...Object.entries(parameterRules).map(([name, rule]) => attempt(words(name), () => ofParameters(rule))),
  ];
}

const isPossible = (server, name) =>
  attempt(`${name}: can be deployed and keeps every rule`, async () => {
    const deployment = await predict(server, name);
    return Object.entries(deploymentRules).flatMap(([rule, check]) => check(deployment).map(problem => `${words(rule)}: ${problem}`));
  });

/** By the compiler, or where the deployment begins. */
const isRefused = (server, name) =>
  attempt(`${name}: is refused`, async () => {
    const refusal = await parametersOf(server, name)
      .then(() => predict(server, name))
      .then(() => new Error('nothing'))
      .catch(error => error);
    return scenarios[name].refused.test(refusal.message) ? [] : [`it says ${refusal.message}`];
  });

const isCaught = (server, { rules, read }, fault) =>
  attempt(titleOf(fault), async () => {
    const scenario = fault.scenario ?? 'prod';
    const copy = prepare(scenario);
    write(fault, copy.folder);
    // The linter may find it too; here the rule has to.
    fs.writeFileSync(path.join(copy.folder, 'bicepconfig.json'), '{ "analyzers": { "core": { "enabled": false } } }');
    return problemsOfCatch(fault, rules, await read(server, scenario, copy));
  });

export async function checkDeployments() {
  const server = startServer();
  try {
    const results = await Promise.all([
      ...keepsTheRules(server),
      ...Object.keys(scenarios).map(name => (scenarios[name].refused ? isRefused : isPossible)(server, name)),
    ]);
    const instead = unsound(results);
    if (instead.length > 0) return [...results, ...instead];
    for (const kind of kinds) {
      results.push(...(await Promise.all(kind.faults.map(fault => isCaught(server, kind, fault)))), unshown(kind));
    }

    return results;
  } finally {
    server.stop();
  }
}
