metadata description = 'The storage account of the calls: one table, the journal. It is apart from the account of the host, so that the app holds no more than table rights on it.'

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

@description('The table of the journal.')
param tableName string

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

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2026-06-01' = {
  parent: account
  name: 'default'
}

resource journal 'Microsoft.Storage/storageAccounts/tableServices/tables@2026-06-01' = {
  parent: tables
  name: tableName
}

@description('The name of the account.')
output name string = account.name

@description('Where its tables are reached.')
output tableUri string = account.properties.primaryEndpoints.table
