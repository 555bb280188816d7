metadata description = 'The vault of the secret settings. Roles decide who reads them, and every read is logged.'

import { secretName } from '../types.bicep'

@minLength(3)
@maxLength(24)
@description('The name of the vault.')
param name string

@description('The region.')
param location string

@description('The tags of every resource.')
param tags object

@description('The workspace that gets the audit log.')
param workspaceId string

@description('The secret settings that the vault holds.')
param secretNames secretName[]

@secure()
@description('Values to write; whatever is missing or empty is left alone.')
param secrets object

@description('Keeps a deleted vault for 90 days, unpurged; otherwise for 7 days, and it can be purged.')
param protect bool

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    // Azure takes no false here: protection can be left out or switched on for good.
    enablePurgeProtection: protect ? true : null
    softDeleteRetentionInDays: protect ? 90 : 7
  }
}

resource values 'Microsoft.KeyVault/vaults/secrets@2026-05-15' = [
  for secret in secretNames: if (contains(secrets, secret) && !empty(secrets[secret])) {
    parent: vault
    name: toLower(replace(secret, '_', '-'))
    properties: {
      value: secrets[secret]
    }
  }
]

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}

@description('The name of the vault.')
output name string = vault.name

@description('Where the vault is reached; ends in a slash.')
output uri string = vault.properties.vaultUri
