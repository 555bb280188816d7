resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi'
  location: resourceGroup().location
  kind: 'web'
  properties: {
    Application_Type: 'web'
  }
}
