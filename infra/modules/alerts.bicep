// What somebody is mailed about. The sentences that the queries look for are logged by src/PolicyFlows.Functions and by the Durable
// extension ("Function '…' (Orchestrator)' failed with an error"); whoever changes one changes the other.

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Resource id of the workspace.')
param workspaceId string

@description('Resource id of the action group.')
param actionGroupId string

@description('Storage accounts that are watched: name for the rule, resource id.')
param accounts { name: string, id: string }[]

var logAlerts = [
  {
    name: 'failed-orchestrations'
    summary: 'An orchestration failed. The sweep starts it again from its record; if this goes on, read the log.'
    query: 'AppTraces | where Message has "(Orchestrator)" and Message has "failed with an error"'
    every: 'PT15M'
    severity: 1
  }
  {
    name: 'overdue-wake-ups'
    summary: 'Something that was due has not happened: a reminder, an escalation or a mail may be late.'
    query: 'AppTraces | where Message startswith "Wake-ups are overdue"'
    every: 'PT15M'
    severity: 1
  }
  {
    name: 'mail-bounces'
    summary: 'A mail was not delivered. The program has opened a task about it.'
    query: 'AppTraces | where Message startswith "A mail bounced"'
    every: 'PT1H'
    severity: 2
  }
]

module logs 'log-alert.bicep' = [
  for alert in logAlerts: {
    name: 'alert-${alert.name}'
    params: {
      name: alert.name
      location: location
      tags: tags
      summary: alert.summary
      query: alert.query
      every: alert.every
      severity: alert.severity
      workspaceId: workspaceId
      actionGroupId: actionGroupId
    }
  }
]

resource storage 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for account in accounts: {
    name: 'storage-availability-${account.name}'
    location: 'global'
    tags: tags
    properties: {
      description: 'The ${account.name} storage account answers too few requests.'
      enabled: true
      severity: 1
      scopes: [account.id]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: 'availability'
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: 'Microsoft.Storage/storageAccounts'
            metricName: 'Availability'
            timeAggregation: 'Average'
            operator: 'LessThan'
            threshold: 99
          }
        ]
      }
      autoMitigate: true
      actions: [
        {
          actionGroupId: actionGroupId
        }
      ]
    }
  }
]
