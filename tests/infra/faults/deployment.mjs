// Faults that a rule over a deployment must find: prod's unless a scenario is named. Written like the ones of faults/template.mjs.

const app = 'modules/function-app.bicep';
const roles = 'modules/roles.bicep';
const shared = 'shared.bicepparam';
const written = 'properties: union(fromHere, settings, fromVault, forScheduler, forOtlp)';
const noAlerts = 'azd, trunks alone, no alerts';
const everySetting = 'azd with every setting';

const security = [
  { rule: 'storageTakesNoKeys', title: 'a shared key', file: 'modules/call-storage.bicep', from: 'allowSharedKeyAccess: false', to: 'allowSharedKeyAccess: true' },
  { rule: 'storageTakesNoKeys', title: 'a shared key by default', file: 'modules/host-storage.bicep', from: '    allowSharedKeyAccess: false\n', to: '' },
  { rule: 'vaultIsGuarded', title: 'no protection', file: 'modules/vault.bicep', from: 'protect ? true : null', to: 'null' },
  { rule: 'vaultIsGuarded', title: 'protection for everybody', file: 'modules/vault.bicep', from: 'protect ? true : null', to: 'true', scenario: noAlerts },
  { rule: 'telemetryTakesNoKeys', file: 'modules/monitoring.bicep', from: 'DisableLocalAuth: true', to: 'DisableLocalAuth: false' },
  { rule: 'siteIsClosed', title: 'http', file: app, from: 'httpsOnly: true', to: 'httpsOnly: false' },
  { rule: 'siteIsClosed', title: 'a password', file: app, from: "  name: 'scm'\n  properties: {\n    allow: false", to: "  name: 'scm'\n  properties: {\n    allow: true" },
  { rule: 'rolesAreTheLeast', title: 'a contributor', file: roles, from: "'3913510d-42f4-4e42-8a64-420c390055eb'", to: "'b24988ac-6180-42a0-ab88-20f7382dd24c'" },
  {
    rule: 'rolesAreTheLeast',
    title: 'blobs of the calls',
    file: roles,
    from: "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)",
    to: "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)",
  },
  {
    rule: 'rolesAreTheLeast',
    title: 'an operator who writes',
    file: roles,
    from: "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataReader)",
    to: "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)",
  },
  { rule: 'rolesAreTheLeast', title: 'one name for every principal', file: roles, from: 'guid(vault.id, principalId, keyVaultSecretsUser)', to: 'guid(vault.id, keyVaultSecretsUser)' },
  { rule: 'rolesAreTheLeast', title: 'no operator', file: roles, from: 'principalId: operatorPrincipalId\n', to: "principalId: principalId\n      principalType: 'ServicePrincipal'\n" },
  { rule: 'alertsReachSomebody', title: 'an alert for nobody', file: 'modules/alerts.bicep', from: 'actionGroups: [people.id]', to: 'actionGroups: []' },
  { rule: 'alertsReachSomebody', title: 'alerts without an address', file: 'main.bicep', from: 'if (alertEmail != null)', to: 'if (true)', scenario: noAlerts },
];

const settings = [
  { rule: 'settingsAreKnown', title: 'a slip', file: app, from: '  TASKHUB_NAME: taskHubName\n', to: "  TASKHUB_NAME: taskHubName\n  LIVEKIT_HSOT: 'x'\n" },
  { rules: ['settingsAreKnown', 'secretsComeFromTheVault'], title: 'a connection string', file: app, from: '  TASKHUB_NAME: taskHubName\n', to: "  TASKHUB_NAME: taskHubName\n  CALLS_STORAGE_CONNECTION: 'x'\n" },
  { rule: 'settingsSuitThePlan', file: app, from: '  TASKHUB_NAME: taskHubName\n', to: "  TASKHUB_NAME: taskHubName\n  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'\n" },
  { rule: 'settingsSuitThePlan', title: 'a property of the site', file: app, from: '      http20Enabled: true\n', to: "      http20Enabled: true\n      linuxFxVersion: 'DOTNET-ISOLATED|10.0'\n" },
  { rule: 'settingsAreWritten', title: 'one of the host is missing', file: app, from: '  TASKHUB_NAME: taskHubName\n', to: '' },
  { rule: 'settingsAreWritten', title: 'a homepage', file: app, from: "AzureWebJobsDisableHomepage: 'true'", to: "AzureWebJobsDisableHomepage: 'false'" },
  { rule: 'settingsAreWritten', title: 'no secrets', file: app, from: written, to: 'properties: union(fromHere, settings, forScheduler, forOtlp)' },
  { rule: 'settingsAreWritten', title: 'a user name without its password', file: 'main.bicep', from: "contains(given, 'LIVEKIT_SIP_USERNAME') ?", to: 'false ?' },
  { rules: ['settingsAreWritten', 'settingsAreHandedOver'], title: 'none of the gateway', file: app, from: written, to: 'properties: union(fromHere, fromVault, forScheduler, forOtlp)' },
  { rule: 'settingsAreHandedOver', file: shared, from: "  ROUTES_JSON: readEnvironmentVariable('ROUTES_JSON', '')\n", to: '', scenario: everySetting },
  { rule: 'settingsAreHandedOver', title: 'a secret', file: shared, from: "['TWILIO_AUTH_TOKEN_SECONDARY', 'DIAGNOSTICS_KEY']", to: "['TWILIO_AUTH_TOKEN_SECONDARY']", scenario: everySetting },
  { rule: 'secretsComeFromTheVault', title: 'plain text', file: app, from: written, to: "properties: union(fromHere, settings, fromVault, forScheduler, forOtlp, { TWILIO_AUTH_TOKEN: 'x' })" },
  { rule: 'secretsComeFromTheVault', title: 'another name in the vault', file: 'modules/vault.bicep', from: "toLower(replace(secret, '_', '-'))", to: 'toLower(secret)' },
  {
    rules: ['secretsComeFromTheVault', 'settingsAreHandedOver'],
    title: 'a secret as a message',
    file: shared,
    from: "readEnvironmentVariable('FALLBACK_MESSAGE', '')",
    to: "readEnvironmentVariable('TWILIO_AUTH_TOKEN', '')",
    scenario: everySetting,
  },
];

export const deploymentFaults = [...security, ...settings];

export const parameterFaults = [
  { rule: 'secretsAreNotTyped', file: shared, from: "TWILIO_AUTH_TOKEN: readEnvironmentVariable('TWILIO_AUTH_TOKEN', '')", to: "TWILIO_AUTH_TOKEN: '0123456789abcdef'" },
  { rule: 'secretsAreNotTyped', title: 'as a default', file: shared, from: "readEnvironmentVariable('LIVEKIT_API_SECRET', '')", to: "readEnvironmentVariable('LIVEKIT_API_SECRET', 'letmein')" },
];
