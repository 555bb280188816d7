@description('A text.')
param text string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'DefaultEndpointsProtocol=https;AccountName=st;AccountKey=${text}'
  location: resourceGroup().location
}
