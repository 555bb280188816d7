metadata description = 'The gateway on Flex Consumption.'

import { secretName } from '../types.bicep'

@description('The name of the function app.')
param name string

@description('The region.')
param location string

@description('The tags of every resource.')
param tags object

@description('The identity of the app.')
param identityName string

@description('The storage account of the host.')
param hostStorageName string

@description('The container of that account that holds the deployed package.')
param packageContainerName string

@description('The storage account of the calls.')
param callStorageName string

@description('Where the vault is reached; ends in a slash.')
param vaultUri string

@description('The Application Insights component.')
param insightsName string

@description('The settings of the gateway that are no secrets, by name; none of them empty.')
param settings object

@description('The secret settings that the vault holds.')
param secretNames secretName[]

@description('The task hub of the orchestrations.')
param taskHubName string

@description('Runs the orchestrations on a Durable Task Scheduler instead of the host storage account.')
param useScheduler bool

@description('Where the scheduler is reached; empty without one.')
param schedulerEndpoint string

@description('An OTLP endpoint that gets the telemetry too; empty for none.')
param otlpEndpoint string

@description('Instances that always wait for webhooks.')
param alwaysReadyHttp int

@description('Instances that always run orchestrations.')
param alwaysReadyDurable int

@description('The memory of an instance in MB.')
param instanceMemoryMB int

@description('How many instances each group of functions may grow to.')
param maximumInstanceCount int

@description('How many requests one instance serves at a time.')
param httpPerInstanceConcurrency int

@description('Spreads the instances over zones.')
param zoneRedundant bool

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: hostStorageName
}

resource callStorage 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: callStorageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'gateway' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorage.properties.primaryEndpoints.blob}${packageContainerName}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: filter(
          [
            { name: 'http', instanceCount: alwaysReadyHttp }
            { name: 'durable', instanceCount: alwaysReadyDurable }
          ],
          scaleGroup => scaleGroup.instanceCount > 0
        )
        triggers: {
          http: {
            perInstanceConcurrency: httpPerInstanceConcurrency
          }
        }
      }
    }
  }
}

// Deployments sign in; no password opens the app. The management API of Durable under /runtime/webhooks/durabletask cannot be
// switched off: it opens to the system key durabletask_extension alone, which this template neither reads nor hands out.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

// Without a version the reference follows the newest one: within a day, or at once when the app restarts.
var fromVault = toObject(
  secretNames,
  secret => secret,
  secret => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${toLower(replace(secret, '_', '-'))}/)'
)

var fromHere = {
  PUBLIC_URL: 'https://${app.properties.defaultHostName}'
  CALLS_STORAGE_TABLE_URI: callStorage.properties.primaryEndpoints.table
  AZURE_CLIENT_ID: identity.properties.clientId
  AzureWebJobsStorage__blobServiceUri: hostStorage.properties.primaryEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: hostStorage.properties.primaryEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: hostStorage.properties.primaryEndpoints.table
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.properties.clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
  TASKHUB_NAME: taskHubName
  // The gateway has no page; without this the host shows its own at the root.
  AzureWebJobsDisableHomepage: 'true'
  // The host reads a body before the gateway is asked, by default up to 100 MB; the largest that a route takes has 4 MB.
  FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '5242880'
}

// The last two say what host.json would say: which provider keeps the orchestrations.
var forScheduler = useScheduler
  ? {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};TaskHub=${taskHubName};Authentication=ManagedIdentity;ClientID=${identity.properties.clientId}'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
    }
  : {}

var forOtlp = empty(otlpEndpoint) ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint }

// The whole set, written in this one place. CALLS_STORAGE_CONNECTION is never in it: the account takes no keys.
resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: union(fromHere, settings, fromVault, forScheduler, forOtlp)
  dependsOn: [noFtpPassword, noScmPassword]
}

@description('The name of the function app.')
output name string = app.name

@description('The URL that Twilio and LiveKit are told, without a slash at its end.')
output publicUrl string = union(fromHere, settings).PUBLIC_URL
