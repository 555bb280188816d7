module identity '../../../infra/bicep/modules/identity.bicep' = {
  params: {
    name: 'id'
    location: resourceGroup().location
    tags: {}
  }
}

@description('The colour.')
output colour string = identity.outputs.colour
