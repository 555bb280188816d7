module identity '../../../infra/bicep/modules/identity.bicep' = {
  params: {
    name: 'id'
    location: resourceGroup().location
  }
}
