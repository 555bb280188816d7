@description('The identity of the app.')
param principalId string

var role = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

resource callStorage 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: 'st'
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: callStorage
  name: guid(callStorage.id, principalId, role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}
