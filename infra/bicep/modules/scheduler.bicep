metadata description = 'The Durable Task Scheduler and its task hub, reached by identity only.'

@minLength(3)
@maxLength(64)
@description('The name of the scheduler.')
param name string

@description('The region.')
param location string

@description('The tags of every resource.')
param tags object

@description('The task hub.')
param taskHubName string

@description('How many days finished orchestrations are kept.')
param retentionDays int

@description('The identity of the app.')
param principalId string

var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'Consumption'
    }
    // An empty list would let nobody in. Everybody may knock; only the role below opens.
    ipAllowlist: ['0.0.0.0/0']
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: taskHubName
}

resource retention 'Microsoft.DurableTask/schedulers/retentionPolicies@2026-02-01' = {
  parent: scheduler
  name: 'default'
  properties: {
    retentionPolicies: [
      {
        retentionPeriodInDays: retentionDays
      }
      {
        // Failures are rare and are what somebody will want to read.
        orchestrationState: 'Failed'
        retentionPeriodInDays: 30
      }
    ]
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hub
  name: guid(hub.id, principalId, durableTaskDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
  }
}

@description('Where the scheduler is reached.')
output endpoint string = scheduler.properties.endpoint
