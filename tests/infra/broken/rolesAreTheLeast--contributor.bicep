@description('The identity of the app.')
param principalId string

var role = 'b24988ac-6180-42a0-ab88-20f7382dd24c'

resource hostStorage 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: 'st'
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hostStorage
  name: guid(hostStorage.id, principalId, role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}
