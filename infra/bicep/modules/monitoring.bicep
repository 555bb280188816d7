metadata description = 'Where logs, traces and metrics go.'

@description('The name of the Log Analytics workspace.')
param workspaceName string

@description('The name of the Application Insights component.')
param insightsName string

@description('The region.')
param location string

@description('The tags of every resource.')
param tags object

@description('How many days logs and metrics are kept.')
param retentionDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // The instrumentation key alone lets nobody in: telemetry is sent under the identity of the app.
    DisableLocalAuth: true
  }
}

@description('The id of the workspace.')
output workspaceId string = workspace.id

@description('The name of the workspace.')
output workspaceName string = workspace.name

@description('The id of the component.')
output insightsId string = insights.id

@description('The name of the component.')
output insightsName string = insights.name
