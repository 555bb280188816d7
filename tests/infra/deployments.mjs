// What the parameter files would deploy in each scenario. One CLI predicts all of them: it has everybody's variables, each with a prefix,
// and the files of a scenario's copy read their own.
import fs from 'node:fs';
import path from 'node:path';
import { copyOfTemplates, files } from './repository.mjs';
import { scenarios } from './scenarios.mjs';
import { BicepServer } from './server.mjs';

const names = Object.keys(scenarios);
const prefixOf = name => `S${names.indexOf(name)}_`;

/** A CLI that knows the variables of every scenario. */
export const startServer = () =>
  new BicepServer(
    Object.fromEntries(
      names.flatMap(name => Object.entries(scenarios[name].environment).map(([variable, value]) => [prefixOf(name) + variable, value])),
    ),
  );

/** A copy of the templates for a scenario, and its parameter file. */
export function prepare(name) {
  const folder = copyOfTemplates();
  return { folder, parameters: path.join(folder, `${scenarios[name].file}.bicepparam`) };
}

/** Makes the parameter files of a copy read the scenario's variables, with the lines that it adds. */
function enter(name, { folder, parameters }) {
  fs.appendFileSync(parameters, scenarios[name].more ?? '');
  for (const file of files(folder, '.bicepparam')) {
    fs.writeFileSync(
      file,
      fs.readFileSync(file, 'utf8').replaceAll("readEnvironmentVariable('", `readEnvironmentVariable('${prefixOf(name)}`),
    );
  }
}

/** The deployment of a scenario, as the rules read it. */
export async function predict(server, name, copy = prepare(name)) {
  enter(name, copy);
  const { predictedResources, diagnostics } = await server.deploy(copy.parameters);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  const { file, environment } = scenarios[name];
  return { resources: predictedResources, environment, isProtected: file === 'prod' || environment.PROTECT_VAULT === 'true' };
}

/** The values that the parameter file of a scenario gives. */
export function parametersOf(server, name, copy = prepare(name)) {
  enter(name, copy);
  return server.parameters(copy.parameters);
}
