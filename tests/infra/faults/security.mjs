// Faults that a rule of rules/security.mjs must find: in prod unless a scenario is named. Written like the ones of faults/template.mjs.

const app = 'modules/function-app.bicep';
const roles = 'modules/roles.bicep';
const noAlerts = 'azd, trunks alone, no alerts';

export const securityFaults = [
  {
    rule: 'storageTakesNoKeys',
    title: 'a shared key',
    file: 'modules/call-storage.bicep',
    from: 'allowSharedKeyAccess: false',
    to: 'allowSharedKeyAccess: true',
  },
  {
    rule: 'storageTakesNoKeys',
    title: 'a shared key by default',
    file: 'modules/host-storage.bicep',
    from: '    allowSharedKeyAccess: false\n',
    to: '',
  },
  { rule: 'vaultIsGuarded', title: 'no protection', file: 'modules/vault.bicep', from: 'protect ? true : null', to: 'null' },
  {
    rule: 'vaultIsGuarded',
    title: 'protection for everybody',
    file: 'modules/vault.bicep',
    from: 'protect ? true : null',
    to: 'true',
    scenario: noAlerts,
  },
  { rule: 'telemetryTakesNoKeys', file: 'modules/monitoring.bicep', from: 'DisableLocalAuth: true', to: 'DisableLocalAuth: false' },
  { rule: 'siteIsClosed', title: 'http', file: app, from: 'httpsOnly: true', to: 'httpsOnly: false' },
  {
    rule: 'siteIsClosed',
    title: 'a password',
    file: app,
    from: "  name: 'scm'\n  properties: {\n    allow: false",
    to: "  name: 'scm'\n  properties: {\n    allow: true",
  },
  {
    rule: 'rolesAreTheLeast',
    title: 'a contributor',
    file: roles,
    from: "'3913510d-42f4-4e42-8a64-420c390055eb'",
    to: "'b24988ac-6180-42a0-ab88-20f7382dd24c'",
  },
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
  {
    rule: 'rolesAreTheLeast',
    title: 'one name for every principal',
    file: roles,
    from: 'guid(vault.id, principalId, keyVaultSecretsUser)',
    to: 'guid(vault.id, keyVaultSecretsUser)',
  },
  {
    rule: 'rolesAreTheLeast',
    title: 'no operator',
    file: roles,
    from: 'principalId: operatorPrincipalId\n',
    to: "principalId: principalId\n      principalType: 'ServicePrincipal'\n",
  },
  {
    rule: 'alertsReachSomebody',
    title: 'an alert for nobody',
    file: 'modules/alerts.bicep',
    from: 'actionGroups: [people.id]',
    to: 'actionGroups: []',
  },
  {
    rule: 'alertsReachSomebody',
    title: 'alerts without an address',
    file: 'main.bicep',
    from: 'if (alertEmail != null)',
    to: 'if (true)',
    scenario: noAlerts,
  },
];
