// What has arrived and nobody has looked at yet. No versions, no soft delete, no backup: what must not be kept is gone when it is deleted.

import { blobDataContributor } from '../roles.bicep'

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

module storage 'account.bicep' = {
  name: 'quarantine-storage-account'
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
    isVersioningEnabled: false
    changeFeed: {
      enabled: false
    }
    deleteRetentionPolicy: {
      enabled: false
    }
    containerDeleteRetentionPolicy: {
      enabled: false
    }
    restorePolicy: {
      enabled: false
    }
  }
}

resource quarantine 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: blobs
  name: 'quarantine'
  properties: {
    publicAccess: 'None'
  }
}

resource rights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(quarantine.id, identityName, blobDataContributor)
  scope: quarantine
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

@description('Resource id of the account.')
output id string = storage.outputs.id

@description('Address of the blob service.')
output blob string = storage.outputs.blob
