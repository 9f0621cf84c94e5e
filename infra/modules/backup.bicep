// A copy of the evidence in a vault of its own. Vaulted only: point-in-time restore, which operational backup stands on, does not work in
// accounts with version-level immutability (learn.microsoft.com, Point-in-time restore for block blobs).

import { storageAccountBackupContributor } from 'roles.bicep'

@description('Name of the vault.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Name of the storage account with the evidence. No other account is backed up here.')
param evidenceAccountName string

@description('Container that is copied.')
param container string

@description('Days a copy is kept. What the program erases lives on here for as long.')
@minValue(7)
@maxValue(3650)
param retentionDays int

var dataSource = 'Microsoft.Storage/storageAccounts/blobServices'

resource evidence 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: evidenceAccountName
}

resource vault 'Microsoft.DataProtection/backupVaults@2024-04-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    storageSettings: [
      {
        datastoreType: 'VaultStore'
        type: 'ZoneRedundant'
      }
    ]
    securitySettings: {
      softDeleteSettings: {
        state: 'On'
        retentionDurationInDays: 14
      }
      immutabilitySettings: {
        state: 'Disabled'
      }
    }
    monitoringSettings: {
      azureMonitorAlertSettings: {
        alertsForAllJobFailures: 'Enabled'
      }
    }
  }
}

resource policy 'Microsoft.DataProtection/backupVaults/backupPolicies@2024-04-01' = {
  parent: vault
  name: 'evidence-daily'
  properties: {
    objectType: 'BackupPolicy'
    datasourceTypes: [dataSource]
    policyRules: [
      {
        name: 'Daily'
        objectType: 'AzureBackupRule'
        backupParameters: {
          objectType: 'AzureBackupParams'
          backupType: 'Discrete'
        }
        dataStore: {
          objectType: 'DataStoreInfoBase'
          dataStoreType: 'VaultStore'
        }
        trigger: {
          objectType: 'ScheduleBasedTriggerContext'
          schedule: {
            timeZone: 'UTC'
            repeatingTimeIntervals: ['R/2026-01-01T02:00:00+00:00/P1D']
          }
          taggingCriteria: [
            {
              isDefault: true
              taggingPriority: 99
              tagInfo: {
                tagName: 'Default'
              }
            }
          ]
        }
      }
      {
        name: 'Default'
        objectType: 'AzureRetentionRule'
        isDefault: true
        lifecycles: [
          {
            deleteAfter: {
              objectType: 'AbsoluteDeleteOption'
              duration: 'P${retentionDays}D'
            }
            sourceDataStore: {
              objectType: 'DataStoreInfoBase'
              dataStoreType: 'VaultStore'
            }
            targetDataStoreCopySettings: []
          }
        ]
      }
    ]
  }
}

resource rights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(evidence.id, vault.id, storageAccountBackupContributor)
  scope: evidence
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageAccountBackupContributor)
    principalId: vault.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

resource instance 'Microsoft.DataProtection/backupVaults/backupInstances@2024-04-01' = {
  parent: vault
  name: evidence.name
  properties: {
    objectType: 'BackupInstance'
    friendlyName: evidence.name
    dataSourceInfo: {
      objectType: 'Datasource'
      datasourceType: dataSource
      resourceID: evidence.id
      resourceName: evidence.name
      resourceLocation: location
      resourceType: 'Microsoft.Storage/storageAccounts'
      resourceUri: evidence.id
    }
    policyInfo: {
      policyId: policy.id
      policyParameters: {
        backupDatasourceParametersList: [
          {
            objectType: 'BlobBackupDatasourceParameters'
            containersList: [container]
          }
        ]
      }
    }
  }
  dependsOn: [rights]
}
