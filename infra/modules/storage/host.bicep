// Storage of the Functions host and of the durable hub: queues, leases, histories, the deployed package and the data-protection keys.
// Whoever may write here decides what the program runs, so nothing else lives in this account.

import { blobDataOwner, queueDataContributor, tableDataContributor } from '../roles.bicep'

@description('Name of the account.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Redundancy.')
param sku string

@description('Name of the program\'s identity; makes the names of its role assignments.')
param identityName string

@description('Object id of the program\'s identity.')
param principalId string

var deploymentContainer = 'app-package'
var keysContainer = 'keys'
var keysFile = 'keys.xml'

module storage 'account.bicep' = {
  name: 'host-storage-account'
  params: {
    name: name
    location: location
    tags: tags
    sku: sku
    allowSharedKeyAccess: false
  }
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: name
  dependsOn: [storage]
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    // A lost key file signs everybody out, no more; a week is enough to notice.
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in [deploymentContainer, keysContainer]: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

// At the account, not below: the host and the hub make containers, queues and tables of their own.
resource rights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [blobDataOwner, queueDataContributor, tableDataContributor]: {
    name: guid(account.id, identityName, role)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: principalId
      principalType: 'ServicePrincipal'
    }
  }
]

@description('Resource id of the account.')
output id string = storage.outputs.id

@description('Address of the blob service.')
output blob string = storage.outputs.blob

@description('Address of the queue service.')
output queue string = storage.outputs.queue

@description('Address of the table service.')
output table string = storage.outputs.table

@description('Address of the container that packages are deployed to.')
output deployment string = '${storage.outputs.blob}${deploymentContainer}'

@description('Address of the blob that holds the wrapped data-protection keys.')
output keys string = '${storage.outputs.blob}${keysContainer}/${keysFile}'
