// Faults that a rule of rules/template.mjs must find, each planted into a copy of infra/bicep: in `file`, the one place that reads `from`
// becomes `to`.

const vault = 'modules/vault.bicep';
const monitoring = 'modules/monitoring.bicep';

export const templateFaults = [
  {
    rule: 'noKeysAreRead',
    file: 'modules/call-storage.bicep',
    from: 'output name string = account.name',
    to: 'output name string = account.listKeys().keys[0].value',
  },
  {
    rule: 'noKeysAreRead',
    file: monitoring,
    from: 'output workspaceName string = workspace.name',
    to: "output workspaceName string = 'AccountName=${workspace.name};AccountKey=x'",
  },
  {
    rule: 'secretParametersAreSecure',
    file: vault,
    from: 'param tags object',
    to: "param tags object\n\n@description('A secret.')\nparam twilioAuthToken string = ''",
  },
  {
    rule: 'secretsDoNotLeakIntoModules',
    file: 'main.bicep',
    from: '    otlpEndpoint: otlpEndpoint',
    to: '    otlpEndpoint: string(secrets)',
  },
  {
    rule: 'secretsDoNotLeakIntoModules',
    title: 'through a variable',
    file: 'main.bicep',
    from: "    workspaceName: 'log-${token}'",
    to: "    workspaceName: 'log-${leak}'",
    more: "\nvar leak = 'x-${string(secrets)}'\n",
  },
  { rule: 'outputsHoldNoSecret', file: vault, from: 'output name string = vault.name', to: 'output name string = string(secrets)' },
  {
    rule: 'outputsHoldNoSecret',
    title: 'out of the vault',
    file: vault,
    from: 'output name string = vault.name',
    to: 'output name string = values[0].properties.value',
  },
  { rule: 'outputsAreNoInputs', file: 'main.bicep', from: 'output GATEWAY_URL string', to: 'output PUBLIC_URL string' },
  { rule: 'everythingIsDescribed', file: monitoring, from: "@description('The id of the workspace.')\n", to: '' },
  {
    rule: 'everythingIsDescribed',
    title: 'a parameter',
    file: monitoring,
    from: "@description('How many days logs and metrics are kept.')\n",
    to: '',
  },
  { rule: 'versionsAreStable', file: monitoring, from: 'workspaces@2026-03-01', to: 'workspaces@2020-03-01-preview' },
  {
    rule: 'typesMatchTheCode',
    title: 'a setting is missing',
    file: 'types.bicep',
    from: '  LIVEKIT_RESERVE_AGENT_NAME: string?\n',
    to: '  RESERVE: string?\n',
  },
  {
    rule: 'typesMatchTheCode',
    title: 'a required one may be empty',
    file: 'types.bicep',
    from: "  @minLength(1)\n  @description('The API key",
    to: "  @description('The API key",
  },
  {
    rule: 'typesMatchTheCode',
    title: 'a secret is no secret',
    file: 'types.bicep',
    from: '  LOG_LEVEL: string?',
    to: "  LOG_LEVEL: string?\n\n  @description('A secret.')\n  DIAGNOSTICS_KEY: string?",
  },
];
