metadata description = 'The one identity of the app: for its storage, its package, its secrets and its telemetry.'

@description('The name of the identity.')
param name string

@description('The region.')
param location string

@description('The tags of every resource.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('The name of the identity.')
output name string = identity.name

@description('What roles are assigned to.')
output principalId string = identity.properties.principalId
