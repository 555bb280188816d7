// That the parameter files fit main.bicep and hold no secret.
import path from 'node:path';
import { literal, parse, properties, walk } from '../bicep.mjs';
import { settings } from '../repository.mjs';

const bySetting = new Map(settings.map(setting => [setting.name, setting]));

export function parametersFitTheTemplate(file) {
  if (!file.isParameters) return [];
  const template = parse(path.join(path.dirname(file.file), file.uses[0]));
  const declared = new Map(template.parameters.map(parameter => [parameter.name, parameter]));
  const given = properties(file.variables.get('settings'));
  const names = new Set((file.variables.get('secretNames')?.namedChildren ?? []).map(literal));
  const values = properties(file.variables.get('secrets'));
  const needsTwilio = literal(given.get('TWILIO_ENABLED')) !== 'false';
  const isNeeded = ({ need, name }) => name !== 'PUBLIC_URL' && (need === 'Required' || (need === 'RequiredForTwilio' && needsTwilio));
  return [
    ...[...file.variables.keys()].filter(name => !declared.has(name)).map(name => `${name} is no parameter`),
    ...[...declared.values()].filter(({ name, isRequired }) => isRequired && !file.variables.has(name)).map(({ name }) => `${name} is not given`),
    ...settings.filter(setting => isNeeded(setting) && !(setting.isSecret ? names : given).has(setting.name)).map(({ name }) => `${name} is not given`),
    ...[...given.keys()].filter(name => bySetting.get(name)?.isSecret !== false).map(name => `${name} is no plain setting`),
    ...[...values.keys()].filter(name => !names.has(name)).map(name => `${name} has a value but is not in secretNames`),
    ...[...names].filter(name => bySetting.get(name)?.isSecret !== true).map(name => `${name} is no secret setting`),
    ...(given.has('LIVEKIT_SIP_USERNAME') === names.has('LIVEKIT_SIP_PASSWORD') ? [] : ['LIVEKIT_SIP_USERNAME and LIVEKIT_SIP_PASSWORD go together']),
  ];
}

export function secretsAreNotTyped(file) {
  if (!file.isParameters) return [];
  return [...properties(file.variables.get('secrets'))]
    .filter(([, value]) => [...walk(value)].filter(node => literal(node)).length !== 1 || !value.text.startsWith('readEnvironmentVariable('))
    .map(([name]) => `${name} does not come from the environment`);
}
