metadata description = 'The storage account of the Functions host: the deployed package, the locks of timers and, without a scheduler, the orchestrations.'

@minLength(3)
@maxLength(24)
@description('The name of the account.')
param name string

@description('The region.')
param location string

@description('The tags of every resource.')
param tags object

@description('The redundancy.')
param sku string

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowCrossTenantReplication: false
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-06-01' = {
  parent: account
  name: 'default'
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-06-01' = {
  parent: blobs
  name: 'packages'
  properties: {
    publicAccess: 'None'
  }
}

@description('The name of the account.')
output name string = account.name

@description('The container that holds the deployed package.')
output packageContainerName string = packages.name
