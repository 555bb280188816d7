// Faults that a rule of rules/settings.mjs or rules/parameters.mjs must find: in prod unless a scenario is named. Written like the ones of
// faults/template.mjs.

const app = 'modules/function-app.bicep';
const shared = 'shared.bicepparam';
const taskHub = '  TASKHUB_NAME: taskHubName\n';
const written = 'properties: union(fromHere, settings, fromVault, forScheduler, forOtlp)';
const everySetting = 'azd with every setting';

export const settingsFaults = [
  { rule: 'settingsAreKnown', title: 'a slip', file: app, from: taskHub, to: `${taskHub}  LIVEKIT_HSOT: 'x'\n` },
  {
    rules: ['settingsAreKnown', 'secretsComeFromTheVault'],
    title: 'a connection string',
    file: app,
    from: taskHub,
    to: `${taskHub}  CALLS_STORAGE_CONNECTION: 'x'\n`,
  },
  { rule: 'settingsSuitThePlan', file: app, from: taskHub, to: `${taskHub}  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'\n` },
  {
    rule: 'settingsSuitThePlan',
    title: 'a property of the site',
    file: app,
    from: '      http20Enabled: true\n',
    to: "      http20Enabled: true\n      linuxFxVersion: 'DOTNET-ISOLATED|10.0'\n",
  },
  { rule: 'settingsAreWritten', title: 'one of the host is missing', file: app, from: taskHub, to: '' },
  {
    rule: 'settingsAreWritten',
    title: 'a homepage',
    file: app,
    from: "AzureWebJobsDisableHomepage: 'true'",
    to: "AzureWebJobsDisableHomepage: 'false'",
  },
  {
    rule: 'settingsAreWritten',
    title: 'bodies of 100 MB',
    file: app,
    from: "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '5242880'",
    to: "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '104857600'",
  },
  {
    rule: 'settingsAreWritten',
    title: 'no secrets',
    file: app,
    from: written,
    to: 'properties: union(fromHere, settings, forScheduler, forOtlp)',
  },
  {
    rule: 'settingsAreWritten',
    title: 'a user name without its password',
    file: 'main.bicep',
    from: "contains(given, 'LIVEKIT_SIP_USERNAME') ?",
    to: 'false ?',
  },
  {
    rules: ['settingsAreWritten', 'settingsAreHandedOver'],
    title: 'none of the gateway',
    file: app,
    from: written,
    to: 'properties: union(fromHere, fromVault, forScheduler, forOtlp)',
  },
  {
    rule: 'settingsAreHandedOver',
    file: shared,
    from: "  ROUTES_JSON: readEnvironmentVariable('ROUTES_JSON', '')\n",
    to: '',
    scenario: everySetting,
  },
  {
    rule: 'settingsAreHandedOver',
    title: 'a secret',
    file: shared,
    from: "['TWILIO_AUTH_TOKEN_SECONDARY', 'TWILIO_ACCOUNTS', 'DIAGNOSTICS_KEY', 'API_KEYS', 'API_TOKEN_SECRET']",
    to: "['TWILIO_AUTH_TOKEN_SECONDARY', 'TWILIO_ACCOUNTS']",
    scenario: everySetting,
  },
  {
    rule: 'secretsComeFromTheVault',
    title: 'plain text',
    file: app,
    from: written,
    to: "properties: union(fromHere, settings, fromVault, forScheduler, forOtlp, { TWILIO_AUTH_TOKEN: 'x' })",
  },
  {
    rule: 'secretsComeFromTheVault',
    title: 'another name in the vault',
    file: 'modules/vault.bicep',
    from: "toLower(replace(secret, '_', '-'))",
    to: 'toLower(secret)',
  },
  {
    rules: ['secretsComeFromTheVault', 'settingsAreHandedOver'],
    title: 'a secret as a message',
    file: shared,
    from: "readEnvironmentVariable('FALLBACK_MESSAGE', '')",
    to: "readEnvironmentVariable('TWILIO_AUTH_TOKEN', '')",
    scenario: everySetting,
  },
];

export const parameterFaults = [
  {
    rule: 'secretsAreNotTyped',
    file: shared,
    from: "TWILIO_AUTH_TOKEN: readEnvironmentVariable('TWILIO_AUTH_TOKEN', '')",
    to: "TWILIO_AUTH_TOKEN: '0123456789abcdef'",
  },
  {
    rule: 'secretsAreNotTyped',
    title: 'as a default',
    file: shared,
    from: "readEnvironmentVariable('LIVEKIT_API_SECRET', '')",
    to: "readEnvironmentVariable('LIVEKIT_API_SECRET', 'letmein')",
  },
];
