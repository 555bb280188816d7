@description('The identity of the app.')
param principalId string

var role = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

resource callStorage 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: 'st'
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: callStorage
  name: guid(callStorage.id, role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}
