// An alert on a log query: any row is too many.

@description('Name of the rule.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('What it means, for whoever gets the mail.')
param summary string

@description('Query whose rows are the trouble.')
param query string

@description('How often it looks, and how far back: an ISO 8601 duration.')
param every string

@description('0 critical to 4 verbose.')
@minValue(0)
@maxValue(4)
param severity int

@description('Resource id of the workspace.')
param workspaceId string

@description('Resource id of the action group.')
param actionGroupId string

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: name
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: name
    description: summary
    enabled: true
    severity: severity
    scopes: [workspaceId]
    evaluationFrequency: every
    windowSize: every
    criteria: {
      allOf: [
        {
          query: query
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
    autoMitigate: true
    // The workspace is empty when this is first deployed.
    skipQueryValidation: true
    actions: {
      actionGroups: [actionGroupId]
    }
  }
}
