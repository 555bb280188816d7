@secure()
@description('A secret.')
param key string

module identity '../../../infra/bicep/modules/identity.bicep' = {
  params: {
    name: 'id-${key}'
    location: resourceGroup().location
    tags: {}
  }
}
