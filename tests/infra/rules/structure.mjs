// That the files fit together.
import fs from 'node:fs';
import path from 'node:path';
import { line, literal, parse, walk } from '../bicep.mjs';
import { resourceTypes } from '../known.mjs';

const beside = (file, relative) => path.join(path.dirname(file.file), relative);
const isThere = (file, relative) => relative !== undefined && fs.existsSync(beside(file, relative));

export const syntax = file => file.errors.map(node => `line ${line(node)}: ${node.isMissing ? `${node.type} is missing` : node.text.slice(0, 40)}`);

export const resourceTypesAreKnown = file =>
  file.resources.filter(resource => !resourceTypes.has(resource.type)).map(resource => `${resource.name} is a ${resource.type}`);

export const pathsExist = file => [
  ...file.modules.map(module => module.path),
  ...file.imports,
  ...file.uses,
  ...file.calls.filter(call => ['loadTextContent', 'loadJsonContent'].includes(call.name)).map(call => literal(call.arguments[0])),
].filter(relative => !isThere(file, relative)).map(relative => `${relative} is not there`);

export function modulesGetTheirParameters(file) {
  const secure = new Set(file.parameters.filter(parameter => parameter.isSecure).map(parameter => parameter.name));
  return file.modules.filter(module => isThere(file, module.path)).flatMap(module => {
    const declared = new Map(parse(beside(file, module.path)).parameters.map(parameter => [parameter.name, parameter]));
    const passed = [...module.parameters];
    return [
      ...passed.filter(([name]) => !declared.has(name)).map(([name]) => `${module.name} declares no ${name}`),
      ...[...declared.values()].filter(({ name, isRequired }) => isRequired && !module.parameters.has(name)).map(({ name }) => `${module.name} needs ${name}`),
      ...passed.filter(([name, value]) => declared.get(name)?.isSecure === false && [...walk(value)].some(node => node.type === 'identifier' && secure.has(node.text)))
        .map(([name]) => `${module.name} gets a secret as ${name}, which is not @secure()`),
    ];
  });
}

export function moduleOutputsExist(file) {
  return file.modules.filter(module => isThere(file, module.path)).flatMap(module => {
    const outputs = new Set(parse(beside(file, module.path)).outputs.map(output => output.name));
    const used = [...file.text.matchAll(new RegExp(`\\b${module.name}\\.\\??outputs\\.(\\w+)`, 'g'))].map(([, name]) => name);
    return used.filter(name => !outputs.has(name)).map(name => `${module.name} has no output ${name}`);
  });
}

export function everythingIsUsed(file) {
  const names = [...file.parameters.map(parameter => parameter.name), ...file.variables.keys()];
  const used = new Map();
  for (const node of walk(file.root)) {
    if (node.type === 'identifier') used.set(node.text, (used.get(node.text) ?? 0) + 1);
  }

  return file.isParameters ? [] : names.filter(name => (used.get(name) ?? 0) < 2).map(name => `${name} is not used`);
}

export const everythingIsDescribed = file =>
  [...file.parameters, ...file.outputs].filter(declaration => !declaration.isDescribed).map(declaration => `${declaration.name} has no @description`);

export const noRegionIsFixed = file =>
  file.resources.flatMap(resource => [...walk(resource.body)]
    .filter(node => node.type === 'object_property' && node.namedChildren[0].text === 'location')
    .map(node => literal(node.namedChildren[1]))
    .filter(region => region !== undefined && region !== 'global')
    .map(region => `${resource.name} stands in ${region}`));
