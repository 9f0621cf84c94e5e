// Records: one table. Azure Backup does not know tables; docs/azure.md says how they are kept safe.

import { tableDataContributor } from '../roles.bicep'

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
  name: 'records-storage-account'
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

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource records 'Microsoft.Storage/storageAccounts/tableServices/tables@2024-01-01' = {
  parent: tables
  name: 'records'
}

// At the account: the program asks for the table when it starts, and the account holds nothing else.
resource rights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identityName, tableDataContributor)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

@description('Resource id of the account.')
output id string = storage.outputs.id

@description('Address of the table service.')
output table string = storage.outputs.table
