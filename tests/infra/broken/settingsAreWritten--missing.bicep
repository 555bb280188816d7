@description('The settings.')
param settings object

@description('The secrets.')
param secretNames array

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: 'func'
}

var fromVault = toObject(secretNames, secret => secret, secret => '@Microsoft.KeyVault(SecretUri=https://kv.example.com/secrets/${secret}/)')

var fromHere = {
  PUBLIC_URL: 'https://func.example.com'
  CALLS_STORAGE_TABLE_URI: 'https://st.example.com'
  AZURE_CLIENT_ID: 'id'
  AzureWebJobsStorage__blobServiceUri: 'https://st.example.com'
  AzureWebJobsStorage__queueServiceUri: 'https://st.example.com'
  AzureWebJobsStorage__tableServiceUri: 'https://st.example.com'
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: 'id'
  APPLICATIONINSIGHTS_CONNECTION_STRING: 'c'
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=id;Authorization=AAD'
  LOG_LEVEL: 'Information'
}

resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: union(fromHere, settings, fromVault)
}
