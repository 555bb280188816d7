@description('A secret.')
param twilioAuthToken string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: twilioAuthToken
  location: resourceGroup().location
}
