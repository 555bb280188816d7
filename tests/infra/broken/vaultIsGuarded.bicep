resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: 'kv'
  location: resourceGroup().location
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
  }
}
