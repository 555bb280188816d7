metadata description = 'The promises on one page: calls, agents, webhooks, orchestrations.'

@description('The name of the installation, as people read it.')
param environmentName string

@description('The region.')
param location string

@description('The tags of every resource.')
param tags object

@description('The workspace that is asked.')
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'promises')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'VoiceFunctions ${environmentName}'
    category: 'workbook'
    sourceId: workspaceId
    version: '1.0'
    serializedData: string(union(loadJsonContent('../monitoring/workbook.json'), { fallbackResourceIds: [workspaceId] }))
  }
}
