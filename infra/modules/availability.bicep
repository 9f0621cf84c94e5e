// Asks /health from outside: it is red when records, evidence, engine or mail are not well, and silent when the program is down.

@description('Name of the test.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('https address of the program.')
param address string

@description('Resource id of the Application Insights.')
param insightsId string

@description('Resource id of the action group.')
param actionGroupId string

// Codes of the places that ask: UK South, UK West, West Europe (learn.microsoft.com, Application Insights availability tests).
var places = ['emea-ru-msa-edge', 'emea-se-sto-edge', 'emea-nl-ams-azr']

resource test 'Microsoft.Insights/webtests@2022-06-15' = {
  name: name
  location: location
  // By this tag the portal shows the test with its Application Insights.
  tags: union(tags, { 'hidden-link:${insightsId}': 'Resource' })
  kind: 'standard'
  properties: {
    Name: name
    SyntheticMonitorId: name
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 60
    RetryEnabled: true
    Locations: [
      for place in places: {
        Id: place
      }
    ]
    Request: {
      HttpVerb: 'GET'
      RequestUrl: '${address}/health'
      ParseDependentRequests: false
      FollowRedirects: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 14
    }
  }
}

resource alert 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'health'
  location: 'global'
  tags: tags
  properties: {
    description: 'The program is not well or not reachable: open /health, it says which part and why.'
    enabled: true
    severity: 0
    scopes: [test.id, insightsId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: test.id
      componentId: insightsId
      failedLocationCount: 2
    }
    autoMitigate: true
    actions: [
      {
        actionGroupId: actionGroupId
      }
    ]
  }
}
