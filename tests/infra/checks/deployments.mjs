// The rules over the compiled template, the parameter files and what they deploy; and that each rule finds the faults planted for it.
import fs from 'node:fs';
import path from 'node:path';
import { parametersOf, predict, prepare, startServer } from '../deployments.mjs';
import { securityFaults } from '../faults/security.mjs';
import { parameterFaults, settingsFaults } from '../faults/settings.mjs';
import { templateFaults } from '../faults/template.mjs';
import { problemsOfCatch, titleOf, unshown, write } from '../plant.mjs';
import { words } from '../report.mjs';
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

async function keepsTheRules(server) {
  const template = await server.compile(path.join(templates, 'main.bicep'));
  const given = await Promise.all(withoutSecrets.map(async name => [name, await parametersOf(server, name)]));
  return [
    ...Object.entries(templateRules).map(([name, rule]) => [words(name), rule(template)]),
    ...Object.entries(parameterRules).map(([name, rule]) => [
      words(name),
      given.flatMap(([scenario, parameters]) => rule(parameters).map(problem => `${scenario}: ${problem}`)),
    ]),
  ];
}

const problemsOf = deployment =>
  Object.entries(deploymentRules).flatMap(([name, rule]) => rule(deployment).map(problem => `${words(name)}: ${problem}`));

async function isPossible(server, name) {
  const problems = await predict(server, name).then(problemsOf, ({ message }) => [message]);
  return [`${name}: can be deployed and keeps every rule`, problems];
}

/** By the compiler, or where the deployment begins. */
async function isRefused(server, name) {
  const said = await parametersOf(server, name)
    .then(() => predict(server, name))
    .then(
      () => 'nothing',
      ({ message }) => message,
    );
  return [`${name}: is refused`, scenarios[name].refused.test(said) ? [] : [`it says ${said}`]];
}

async function isCaught(server, { rules, read }, fault) {
  const scenario = fault.scenario ?? 'prod';
  const copy = prepare(scenario);
  write(fault, copy.folder);
  // The linter may find it too; here the rule has to.
  fs.writeFileSync(path.join(copy.folder, 'bicepconfig.json'), '{ "analyzers": { "core": { "enabled": false } } }');
  const problems = await read(server, scenario, copy).then(
    subject => problemsOfCatch(fault, rules, subject),
    ({ message }) => [message],
  );
  return [titleOf(fault), problems];
}

export async function checkDeployments() {
  const server = startServer();
  try {
    const results = [
      ...(await keepsTheRules(server)),
      ...(await Promise.all(Object.keys(scenarios).map(name => (scenarios[name].refused ? isRefused : isPossible)(server, name)))),
    ];
    for (const kind of kinds) {
      results.push(...(await Promise.all(kind.faults.map(fault => isCaught(server, kind, fault)))), unshown(kind));
    }

    return results;
  } finally {
    server.stop();
  }
}
