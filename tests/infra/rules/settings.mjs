// That the app gets the settings it reads, and no others.
import { at, literal, properties, walk } from '../bicep.mjs';
import { forbiddenSettings, forbiddenSiteProperties, hostSettings } from '../known.mjs';
import { settings } from '../repository.mjs';

const looksLikeSetting = name => /^([A-Z][A-Z0-9]*(_[A-Z0-9]+)+|AzureWebJobs\w+|AzureFunctionsJobHost__\w+)$/.test(name);
// The accounts take no keys, so there is no connection string to give.
const neverSet = new Set(['CALLS_STORAGE_CONNECTION']);
const secrets = new Set(settings.filter(({ name, isSecret }) => isSecret && !neverSet.has(name)).map(setting => setting.name));
const setByTheModule = ['CALLS_STORAGE_TABLE_URI', 'AZURE_CLIENT_ID', 'PUBLIC_URL'];
const known = new Set([...settings.map(setting => setting.name), ...hostSettings.required, ...hostSettings.optional].filter(name => !neverSet.has(name)));

const writesSettings = file => file.resources.some(resource => resource.type?.startsWith('Microsoft.Web/sites/config@'));
const keys = file => [...walk(file.root)]
  .filter(node => node.type === 'object_property')
  .map(node => ({ name: literal(node.namedChildren[0]) ?? node.namedChildren[0].text, value: node.namedChildren[1] }))
  .filter(({ name }) => looksLikeSetting(name));

export const settingsAreKnown = file => keys(file)
  .filter(({ name }) => !known.has(name) && !forbiddenSettings.has(name))
  .map(({ name }) => `${name} is read by nobody`);

export const settingsSuitThePlan = file => [
  ...keys(file).filter(({ name }) => forbiddenSettings.has(name)).map(({ name }) => `${name} has no place on Flex Consumption`),
  ...[...walk(file.root)]
    .filter(node => node.type === 'object_property' && forbiddenSiteProperties.has(node.namedChildren[0].text))
    .map(node => `${node.namedChildren[0].text} has no place on Flex Consumption`),
];

export function settingsAreWritten(file) {
  if (!writesSettings(file)) return [];
  const written = new Set(keys(file).map(({ name }) => name));
  const config = file.resources.find(resource => resource.type.startsWith('Microsoft.Web/sites/config@'));
  const sources = new Set([...walk(at(config.body, 'properties') ?? config.body)].map(node => node.text));
  return [
    ...[...hostSettings.required, ...setByTheModule].filter(name => !written.has(name)).map(name => `${name} is not written`),
    ...(sources.has('settings') ? [] : ['the settings of the gateway are not written']),
    ...[...file.variables]
      .filter(([name, value]) => !sources.has(name) && value.type !== 'string' && [...walk(value)].some(node => node.text === 'secretNames' || looksLikeSetting(node.text)))
      .map(([name]) => `${name} is not written`),
    ...(file.text.includes('@Microsoft.KeyVault(SecretUri=') ? [] : ['no secret is referenced']),
  ];
}

export const secretsComeFromTheVault = file => (writesSettings(file) ? keys(file) : [])
  .filter(({ name, value }) => secrets.has(name) && !value.text.includes('@Microsoft.KeyVault('))
  .map(({ name }) => `${name} stands in the settings in plain text`);

/** types.bicep against SettingNames.cs. */
export function typesMatchTheCode(file) {
  const type = file.types.get('gatewaySettings');
  if (type === undefined) return [];
  const plain = properties(type);
  const vault = new Set([...walk(file.types.get('secretName') ?? type)].map(literal).filter(text => text !== undefined && looksLikeSetting(text)));
  return [
    ...settings.filter(({ name, isSecret }) => !neverSet.has(name) && !setByTheModule.slice(0, 2).includes(name) && !(isSecret ? vault : plain).has(name))
      .map(({ name }) => `${name} is missing`),
    ...[...plain.keys(), ...vault].filter(name => !settings.some(setting => setting.name === name)).map(name => `${name} is read by nobody`),
    ...[...plain.keys()].filter(name => secrets.has(name)).map(name => `${name} is a secret`),
    ...settings.filter(({ name, need }) => need === 'Required' && name !== 'PUBLIC_URL' && plain.get(name)?.text.endsWith('?')).map(({ name }) => `${name} may be left out`),
  ];
}
