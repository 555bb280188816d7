targetScope = 'subscription'

metadata description = 'VoiceFunctions on Azure: one resource group with the gateway, its two storage accounts, its vault and its monitoring.'

import { gatewaySettings, secretName } from 'types.bicep'

@minLength(1)
@maxLength(32)
@description('The name of this installation, such as voice-dev. Names of resources are derived from it.')
param environmentName string

@minLength(1)
@description('The region of every resource; it must offer Flex Consumption.')
param location string

@description('The settings of the gateway that are no secrets.')
param settings gatewaySettings

@description('Secret settings that the app gets beside those that follow from the settings.')
param moreSecretNames secretName[] = []

@secure()
@description('Values of secret settings to write into the vault. What is missing or empty is left as the vault has it.')
param secrets object = {}

@description('Who may read the stored calls, by the object id of a person, group or app; empty for whoever deploys.')
param operatorPrincipalId string = ''

@description('Keeps a deleted vault for 90 days, unpurged; otherwise for 7 days, and it can be purged. Cannot be undone.')
param protect bool = true

@minValue(0)
@maxValue(20)
@description('Instances that always wait for webhooks. With 0 the first call after a pause can meet a start that is longer than a caller, or Twilio, waits.')
param alwaysReadyHttp int = 1

@minValue(0)
@maxValue(20)
@description('Instances that always run orchestrations. With 0 the first orchestration after a pause starts late; the first agent is dispatched by the webhook anyway.')
param alwaysReadyDurable int = 0

@allowed([512, 2048, 4096])
@description('The memory of an instance in MB.')
param instanceMemoryMB int = 2048

@minValue(1)
@maxValue(1000)
@description('How many instances each group of functions may grow to.')
param maximumInstanceCount int = 40

@minValue(1)
@maxValue(1000)
@description('How many requests one instance serves at a time before another one is started.')
param httpPerInstanceConcurrency int = 50

@description('Spreads the instances over zones. Azure then keeps, and bills, at least 2 always-ready instances for each group or function.')
param zoneRedundant bool = false

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
@description('How often the two storage accounts keep their data, and where. Standard_ZRS and Standard_GZRS need a region with zones.')
param storageSku string = 'Standard_ZRS'

@minLength(3)
@maxLength(45)
@description('The task hub of the orchestrations: letters and digits, a letter first. A change abandons the orchestrations that run.')
param taskHubName string = 'voicefunctions'

@description('Runs the orchestrations on a Durable Task Scheduler instead of the host storage account.')
param useScheduler bool = false

@minValue(1)
@maxValue(30)
@description('How many days the scheduler keeps finished orchestrations.')
param schedulerRetentionDays int = 14

@minValue(30)
@maxValue(730)
@description('How many days logs and metrics are kept.')
param logRetentionDays int = 30

@minLength(1)
@description('Who gets the alerts by e-mail. Without it there are no alerts.')
param alertEmail string?

@description('Asks /readyz from three places every five minutes, as one of the alerts.')
param availabilityTest bool = true

@description('An OTLP endpoint that gets the telemetry too; empty for none.')
param otlpEndpoint string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

// Parameter files that read the environment give empty texts for what is not set.
var given = toObject(filter(items(settings), setting => !empty(setting.value)), setting => setting.key, setting => setting.value)
var effective = union({ CALLS_TABLE: 'calls', LIVEKIT_ROOM_PREFIX: 'call', LIVEKIT_SIP_USERNAME: '', TWILIO_ENABLED: 'true' }, given)
var usesTwilio = toLower(effective.TWILIO_ENABLED) != 'false'
var missing = filter(usesTwilio ? ['TWILIO_ACCOUNT_SID', 'LIVEKIT_SIP_URI'] : [], name => !contains(given, name))
var complete = empty(missing) ? given : fail('Twilio needs ${join(missing, ' and ')}. For SIP trunks alone set TWILIO_ENABLED to false.')

// Each secret goes with a setting. The app gets a reference to each of them, so the vault must hold them all when it starts.
var secretNames = union(
  ['LIVEKIT_API_SECRET'],
  contains(given, 'LIVEKIT_API_KEY_SECONDARY') ? ['LIVEKIT_API_SECRET_SECONDARY'] : [],
  contains(given, 'LIVEKIT_SIP_USERNAME') ? ['LIVEKIT_SIP_PASSWORD'] : [],
  usesTwilio ? ['TWILIO_AUTH_TOKEN'] : [],
  moreSecretNames
)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    insightsName: 'appi-${token}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  scope: group
  params: {
    name: 'sthost${token}'
    location: location
    tags: tags
    sku: storageSku
  }
}

module callStorage 'modules/call-storage.bicep' = {
  scope: group
  params: {
    name: 'stcalls${token}'
    location: location
    tags: tags
    sku: storageSku
    tableName: effective.CALLS_TABLE
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    secretNames: secretNames
    secrets: secrets
    protect: protect
  }
}

module scheduler 'modules/scheduler.bicep' = if (useScheduler) {
  scope: group
  params: {
    name: 'dts-${token}'
    location: location
    tags: tags
    taskHubName: taskHubName
    retentionDays: schedulerRetentionDays
    principalId: identity.outputs.principalId
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    hostStorageName: hostStorage.outputs.name
    callStorageName: callStorage.outputs.name
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
    operatorPrincipalId: empty(operatorPrincipalId) ? deployer().objectId : operatorPrincipalId
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: 'func-voice-${token}'
    location: location
    tags: tags
    identityName: identity.outputs.name
    hostStorageName: hostStorage.outputs.name
    packageContainerName: hostStorage.outputs.packageContainerName
    callStorageName: callStorage.outputs.name
    vaultUri: vault.outputs.uri
    insightsName: monitoring.outputs.insightsName
    settings: complete
    secretNames: secretNames
    taskHubName: taskHubName
    useScheduler: useScheduler
    schedulerEndpoint: useScheduler ? (scheduler.?outputs.endpoint ?? '') : ''
    otlpEndpoint: otlpEndpoint
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyDurable: alwaysReadyDurable
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpPerInstanceConcurrency: httpPerInstanceConcurrency
    zoneRedundant: zoneRedundant
  }
  // Without its roles the app cannot read its package, its secrets or its calls.
  dependsOn: [roles]
}

module alerts 'modules/alerts.bicep' = if (alertEmail != null) {
  scope: group
  params: {
    environmentName: environmentName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    insightsId: monitoring.outputs.insightsId
    email: alertEmail ?? ''
    publicUrl: functionApp.outputs.publicUrl
    availabilityTest: availabilityTest
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    environmentName: environmentName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
  }
}

// None is named like a variable that the parameter files read: azd hands outputs to its next deployment, so a first value would stick.
@description('The resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app, for deployments of the code.')
output FUNCTION_APP_NAME string = functionApp.outputs.name

@description('The URL that Twilio and LiveKit are told.')
output GATEWAY_URL string = functionApp.outputs.publicUrl

@description('The vault, for secrets that are set by hand.')
output KEY_VAULT_NAME string = vault.outputs.name

@description('The tables of the account that holds the journal, for whoever reads stored calls.')
output CALLS_STORAGE_TABLE_URI string = callStorage.outputs.tableUri

@description('The workspace that holds logs and metrics.')
output LOG_ANALYTICS_WORKSPACE string = monitoring.outputs.workspaceName

@description('The room prefix, for the dispatch rule.')
output GATEWAY_ROOM_PREFIX string = effective.LIVEKIT_ROOM_PREFIX

@description('The user name of the inbound trunk; empty where it has none.')
output GATEWAY_SIP_USERNAME string = effective.LIVEKIT_SIP_USERNAME

@description('Whether calls come through Twilio, and not over SIP trunks alone.')
output GATEWAY_USES_TWILIO bool = usesTwilio
