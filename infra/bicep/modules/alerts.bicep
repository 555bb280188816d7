metadata description = 'An alert for each promise, and somebody who hears it. docs/runbook.md says what each of them means.'

@description('The name of the installation, as people read it.')
param environmentName string

@description('The region.')
param location string

@description('The tags of every resource.')
param tags object

@description('The workspace that is asked.')
param workspaceId string

@description('The Application Insights component of the availability test.')
param insightsId string

@description('Who gets the alerts.')
param email string

@description('The URL of the gateway.')
param publicUrl string

@description('Whether /readyz is asked from outside.')
param availabilityTest bool

// Each query gives rows only when something is wrong: one row is an alert.
var rules = [
  {
    name: 'no-agent'
    title: 'Callers hear no agent within 10 seconds'
    severity: 1
    every: 'PT5M'
    over: 'PT30M'
    query: loadTextContent('../monitoring/no-agent.kql')
  }
  {
    name: 'calls-without-end'
    title: 'Calls are open that should have ended'
    severity: 1
    every: 'PT15M'
    over: 'PT5H'
    query: loadTextContent('../monitoring/calls-without-end.kql')
  }
  {
    name: 'sweep-missing'
    title: 'Nobody looks for calls that fell through'
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    query: loadTextContent('../monitoring/sweep-missing.kql')
  }
  {
    name: 'webhooks-not-recorded'
    title: 'A webhook could not be recorded'
    severity: 1
    every: 'PT5M'
    over: 'PT10M'
    query: loadTextContent('../monitoring/webhooks-not-recorded.kql')
  }
  {
    name: 'signature-failures'
    title: 'Webhooks are refused for their signature'
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    query: loadTextContent('../monitoring/signature-failures.kql')
  }
  {
    name: 'slow-webhooks'
    title: '1 webhook in 20 takes longer than 2 seconds'
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    query: loadTextContent('../monitoring/slow-webhooks.kql')
  }
  {
    name: 'effects-given-up'
    title: 'An agent was not dispatched or a room not deleted'
    severity: 1
    every: 'PT5M'
    over: 'PT10M'
    query: loadTextContent('../monitoring/effects-given-up.kql')
  }
  {
    name: 'failed-orchestrations'
    title: 'An orchestration failed'
    severity: 1
    every: 'PT5M'
    over: 'PT10M'
    query: loadTextContent('../monitoring/failed-orchestrations.kql')
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${environmentName}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'voice'
    enabled: true
    emailReceivers: [
      {
        name: 'alerts'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: '${environmentName}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${environmentName}: ${rule.title}'
      description: 'See docs/runbook.md, ${rule.name}.'
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.every
      windowSize: rule.over
      // The tables come with the first telemetry, after this deployment.
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [people.id]
      }
    }
  }
]

resource readiness 'Microsoft.Insights/webtests@2022-06-15' = if (availabilityTest) {
  name: '${environmentName}-readyz'
  location: location
  tags: union(tags, { 'hidden-link:${insightsId}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: '${environmentName}-readyz'
    Name: '${environmentName}-readyz'
    Description: 'The gateway reaches its journal and LiveKit.'
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [
      { Id: 'emea-nl-ams-azr' }
      { Id: 'us-va-ash-azr' }
      { Id: 'apac-sg-sin-azr' }
    ]
    Request: {
      RequestUrl: '${publicUrl}/readyz'
      HttpVerb: 'GET'
      FollowRedirects: false
      ParseDependentRequests: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 7
    }
  }
}

resource unready 'Microsoft.Insights/metricAlerts@2026-01-01' = if (availabilityTest) {
  name: '${environmentName}-not-ready'
  location: 'global'
  tags: tags
  properties: {
    description: 'See docs/runbook.md, not-ready.'
    severity: 1
    enabled: true
    scopes: [readiness.id, insightsId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: readiness.id
      componentId: insightsId
      failedLocationCount: 2
    }
    actions: [{ actionGroupId: people.id }]
  }
}
