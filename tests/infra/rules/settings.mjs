// That the app gets the settings it reads, all that it is given, and no others.
import { forbiddenSettings, forbiddenSiteProperties, hostSettings } from '../known.mjs';
import { handedOver, neverSet, setByTheTemplate, settings } from '../repository.mjs';

const known = new Set([
  ...settings.map(({ name }) => name).filter(name => !neverSet.has(name)),
  ...hostSettings.required,
  ...hostSettings.optional,
]);
const secrets = new Set(settings.filter(({ isSecret }) => isSecret).map(({ name }) => name));
/** The settings that the app would get; none where the CLI could not work them out. */
function written({ resources }) {
  const config = resources.find(({ type, name }) => type === 'Microsoft.Web/sites/config' && name.endsWith('/appsettings'));
  return typeof config?.properties === 'object' ? config.properties : {};
}

const secretInVault = name => name.toLowerCase().replaceAll('_', '-');
const isReference = value => value?.startsWith("[format('@Microsoft.KeyVault(SecretUri={0}secrets/{1}/)'");

export const settingsAreKnown = deployment =>
  Object.keys(written(deployment))
    .filter(name => !known.has(name) && !forbiddenSettings.has(name))
    .map(name => `${name} is read by nobody`);

export const settingsSuitThePlan = deployment => [
  ...Object.keys(written(deployment))
    .filter(name => forbiddenSettings.has(name))
    .map(name => `${name} has no place on Flex Consumption`),
  ...deployment.resources
    .filter(({ type }) => type === 'Microsoft.Web/sites')
    .flatMap(({ properties }) => [...Object.keys(properties), ...Object.keys(properties.siteConfig)])
    .filter(name => forbiddenSiteProperties.has(name))
    .map(name => `${name} has no place on Flex Consumption`),
];

export function settingsAreWritten(deployment) {
  const app = written(deployment);
  const usesTwilio = app.TWILIO_ENABLED !== 'false';
  const isNeeded = ({ need }) => need === 'Required' || (need === 'RequiredForTwilio' && usesTwilio);
  return [
    ...[...hostSettings.required, ...setByTheTemplate, ...settings.filter(isNeeded).map(({ name }) => name)]
      .filter(name => !(name in app))
      .map(name => `${name} is not written`),
    ...Object.entries(hostSettings.values)
      .filter(([name, value]) => name in app && app[name] !== value)
      .map(([name, value]) => `${name} is not '${value}'`),
    ...Object.keys(app)
      .filter(name => app[name] === '')
      .map(name => `${name} is empty`),
    ...[
      ['LIVEKIT_SIP_USERNAME', 'LIVEKIT_SIP_PASSWORD'],
      ['LIVEKIT_API_KEY_SECONDARY', 'LIVEKIT_API_SECRET_SECONDARY'],
    ]
      .filter(([name, secret]) => name in app !== secret in app)
      .map(pair => `${pair.join(' and ')} go together`),
  ];
}

/** What stands in the environment of a deployment arrives at the app under its own name: every setting of the README can be reached. */
export const settingsAreHandedOver = deployment =>
  handedOver
    .filter(
      ({ name, isSecret }) =>
        deployment.environment[name] &&
        (isSecret ? !(name in written(deployment)) : written(deployment)[name] !== deployment.environment[name]),
    )
    .map(({ name }) => `${name} does not arrive`);

export function secretsComeFromTheVault(deployment) {
  const app = written(deployment);
  const stored = deployment.resources
    .filter(({ type }) => type === 'Microsoft.KeyVault/vaults/secrets')
    .map(({ name }) => name.split('/').at(-1));
  return [
    ...Object.keys(app)
      .filter(name => secrets.has(name) && !(isReference(app[name]) && app[name].endsWith(`'${secretInVault(name)}')]`)))
      .map(name => `${name} is not read from the vault`),
    ...Object.keys(app)
      .filter(name => secrets.has(name) && !stored.includes(secretInVault(name)))
      .map(name => `${name} would not be put into the vault`),
    ...handedOver
      .filter(({ name, isSecret }) => isSecret && deployment.environment[name])
      .filter(({ name }) => JSON.stringify(deployment.resources).includes(deployment.environment[name]))
      .map(({ name }) => `the value of ${name} stands in plain text`),
  ];
}
