resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: 'st'
}

var key = account.listKeys().keys[0].value

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: key
  location: resourceGroup().location
}
