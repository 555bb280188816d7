output name string = resourceGroup().name
