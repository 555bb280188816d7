// What the files may name: resource types with their versions, roles, settings and metrics.

export const resourceTypes = new Set([
  'Microsoft.Authorization/roleAssignments@2022-04-01',
  'Microsoft.DurableTask/schedulers@2025-11-01',
  'Microsoft.DurableTask/schedulers/retentionPolicies@2025-11-01',
  'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01',
  'Microsoft.Insights/actionGroups@2023-01-01',
  'Microsoft.Insights/components@2020-02-02',
  'Microsoft.Insights/diagnosticSettings@2021-05-01-preview',
  'Microsoft.Insights/metricAlerts@2018-03-01',
  'Microsoft.Insights/scheduledQueryRules@2023-12-01',
  'Microsoft.Insights/webtests@2022-06-15',
  'Microsoft.Insights/workbooks@2023-06-01',
  'Microsoft.KeyVault/vaults@2025-05-01',
  'Microsoft.KeyVault/vaults/secrets@2025-05-01',
  'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30',
  'Microsoft.OperationalInsights/workspaces@2025-07-01',
  'Microsoft.Resources/resourceGroups@2024-11-01',
  'Microsoft.Storage/storageAccounts@2025-08-01',
  'Microsoft.Storage/storageAccounts/blobServices@2025-08-01',
  'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01',
  'Microsoft.Storage/storageAccounts/tableServices@2025-08-01',
  'Microsoft.Storage/storageAccounts/tableServices/tables@2025-08-01',
  'Microsoft.Web/serverfarms@2025-03-01',
  'Microsoft.Web/sites@2025-03-01',
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01',
  'Microsoft.Web/sites/config@2025-03-01',
]);

const storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b';
const storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88';
const storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3';

/** Which roles the app may have, by the symbol of the resource that they are assigned on. */
export const roles = new Map([
  ['hostStorage', [storageBlobDataOwner, storageQueueDataContributor, storageTableDataContributor]],
  ['callStorage', [storageTableDataContributor]],
  ['vault', ['4633458b-17de-408a-b874-0445c86b69e6']], // Key Vault Secrets User
  ['insights', ['3913510d-42f4-4e42-8a64-420c390055eb']], // Monitoring Metrics Publisher
  ['hub', ['0ad04412-c4d5-4796-b79c-f76d14c8d402']], // Durable Task Data Contributor
]);

/** What the Functions host and the telemetry read, beside the settings of the gateway. */
export const hostSettings = {
  required: [
    'AzureWebJobsStorage__blobServiceUri',
    'AzureWebJobsStorage__queueServiceUri',
    'AzureWebJobsStorage__tableServiceUri',
    'AzureWebJobsStorage__credential',
    'AzureWebJobsStorage__clientId',
    'APPLICATIONINSIGHTS_CONNECTION_STRING',
    'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
    'TASKHUB_NAME',
  ],
  optional: [
    'DURABLE_TASK_SCHEDULER_CONNECTION_STRING',
    'AzureFunctionsJobHost__extensions__durableTask__storageProvider__type',
    'AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ],
};

/** Settings that Flex Consumption refuses or ignores. */
export const forbiddenSettings = new Set([
  'AzureWebJobsDashboard',
  'AzureWebJobsStorage',
  'ENABLE_ORYX_BUILD',
  'FUNCTIONS_EXTENSION_VERSION',
  'FUNCTIONS_MAX_HTTP_CONCURRENCY',
  'FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED',
  'FUNCTIONS_WORKER_PROCESS_COUNT',
  'FUNCTIONS_WORKER_RUNTIME',
  'FUNCTIONS_WORKER_RUNTIME_VERSION',
  'SCM_DO_BUILD_DURING_DEPLOYMENT',
  'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING',
  'WEBSITE_CONTENTOVERVNET',
  'WEBSITE_CONTENTSHARE',
  'WEBSITE_DNS_SERVER',
  'WEBSITE_LOAD_CERTIFICATES',
  'WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT',
  'WEBSITE_MOUNT_ENABLED',
  'WEBSITE_NODE_DEFAULT_VERSION',
  'WEBSITE_RUN_FROM_PACKAGE',
  'WEBSITE_SKIP_CONTENTSHARE_VALIDATION',
  'WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED',
  'WEBSITE_VNET_ROUTE_ALL',
]);

/** Properties of a site that belong to other plans. */
export const forbiddenSiteProperties = new Set([
  'alwaysOn',
  'functionAppScaleLimit',
  'healthCheckPath',
  'linuxFxVersion',
  'minimumElasticInstanceCount',
  'preWarmedInstanceCount',
]);

/** What the meter VoiceFunctions emits. */
export const metrics = new Set([
  'voicefunctions.webhook.received',
  'voicefunctions.webhook.duration',
  'voicefunctions.webhook.refused',
  'voicefunctions.call.started',
  'voicefunctions.call.ended',
  'voicefunctions.call.duration',
  'voicefunctions.agent.dispatch.latency',
  'voicefunctions.agent.silence',
  'voicefunctions.effect.duration',
  'voicefunctions.calls.open',
]);
