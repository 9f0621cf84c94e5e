// Logs: a workspace and an Application Insights on it that takes telemetry from identities only.

import { monitoringMetricsPublisher } from 'roles.bicep'

@description('Name of the workspace.')
param workspaceName string

@description('Name of the Application Insights.')
param insightsName string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Days logs are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Name of the program\'s identity; makes the names of its role assignments.')
param identityName string

@description('Object id of the program\'s identity.')
param principalId string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    features: {
      disableLocalAuth: true
    }
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
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
  }
}

resource rights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identityName, monitoringMetricsPublisher)
  scope: insights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

@description('Resource id of the workspace.')
output workspaceId string = workspace.id

@description('Resource id of the Application Insights.')
output insightsId string = insights.id

@description('Where telemetry goes. With local authentication off it gives nobody access.')
output connectionString string = insights.properties.ConnectionString
