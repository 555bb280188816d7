// What a deployment may hold: roles, settings of the host, and what has no place on Flex Consumption.

const storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b';
const storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88';
const storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3';
const storageTableDataReader = '76199698-9eea-4c19-bc75-cec21354c6b6';
const keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6';
const monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb';
const durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402';

/** The roles that the app must have, no more and no less, by how the resource that they are assigned on is named. */
export const rolesOfTheApp = [
  [/\/sthost\w+$/, [storageBlobDataOwner, storageQueueDataContributor, storageTableDataContributor]],
  [/\/stcalls\w+$/, [storageTableDataContributor]],
  [/\/vaults\/kv-\w+$/, [keyVaultSecretsUser]],
  [/\/components\/appi-\w+$/, [monitoringMetricsPublisher]],
  [/\/taskHubs\/\w+$/, [durableTaskDataContributor]],
];

/** The same for the operator. */
export const rolesOfTheOperator = [[/\/stcalls\w+$/, [storageTableDataReader]]];

/** What the Functions host and the telemetry read, beside the settings of the gateway. */
export const hostSettings = {
  required: [
    'AzureWebJobsStorage__blobServiceUri',
    'AzureWebJobsStorage__queueServiceUri',
    'AzureWebJobsStorage__tableServiceUri',
    'AzureWebJobsStorage__credential',
    'AzureWebJobsStorage__clientId',
    'AzureWebJobsDisableHomepage',
    'FUNCTIONS_REQUEST_BODY_SIZE_LIMIT',
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
  values: {
    AzureWebJobsStorage__credential: 'managedidentity',
    AzureWebJobsDisableHomepage: 'true',
    FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '5242880',
  },
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
