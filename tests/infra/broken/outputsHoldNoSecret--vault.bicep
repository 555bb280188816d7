resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: 'kv'
}

resource token 'Microsoft.KeyVault/vaults/secrets@2025-05-01' existing = {
  parent: vault
  name: 'token'
}

@description('The value.')
output text string = token.properties.value
