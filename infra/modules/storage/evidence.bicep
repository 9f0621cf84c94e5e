// Evidence of cases: versions, a time-based policy that is never locked here, legal hold by the program, cheaper tiers with age.

import { blobDataOwner } from '../roles.bicep'

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

@description('Days for which no new file can be deleted or changed. Unlocked: whoever owns the account can shorten it. 0: no policy.')
@minValue(0)
@maxValue(146000)
param immutabilityDays int

@description('Days a deleted file can be brought back.')
@minValue(1)
@maxValue(365)
param softDeleteDays int

@description('Days after which a file moves to the cool tier, and to the cold one.')
param tierDays { cool: int, cold: int }

module storage 'account.bicep' = {
  name: 'evidence-storage-account'
  params: {
    name: name
    location: location
    tags: tags
    sku: sku
    allowSharedKeyAccess: false
    allowCrossTenantReplication: true
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
    isVersioningEnabled: true
    changeFeed: {
      enabled: true
    }
    deleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
  }
}

resource evidence 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: blobs
  name: 'evidence'
  properties: {
    publicAccess: 'None'
    immutableStorageWithVersioning: {
      enabled: true
    }
  }
}

resource policy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2024-01-01' = if (immutabilityDays > 0) {
  parent: evidence
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: immutabilityDays
    allowProtectedAppendWrites: false
  }
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'cheaper-with-age'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${evidence.name}/']
            }
            actions: {
              baseBlob: {
                tierToCool: {
                  daysAfterCreationGreaterThan: tierDays.cool
                }
                tierToCold: {
                  daysAfterCreationGreaterThan: tierDays.cold
                }
              }
              // An original is never overwritten, so an older version exists only because its file was deleted on purpose.
              version: {
                delete: {
                  daysAfterCreationGreaterThan: 1
                }
              }
            }
          }
        }
      ]
    }
  }
}

// Owner, not Contributor: setting a legal hold takes immutableStorage/runAsSuperUser, which Contributor lacks.
resource rights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(evidence.id, identityName, blobDataOwner)
  scope: evidence
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataOwner)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

@description('Resource id of the account.')
output id string = storage.outputs.id

@description('Name of the container, for the backup.')
output container string = evidence.name

@description('Address of the blob service.')
output blob string = storage.outputs.blob
