// The vault: two secrets that people fill in after the first deployment, and the key that wraps the data-protection keys.

import { keyVaultCryptoServiceEncryptionUser, keyVaultSecretsOfficer, keyVaultSecretsUser } from 'roles.bicep'

@description('Name of the vault: 3 to 24 letters, digits and hyphens.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Name of the program\'s identity; makes the names of its role assignments.')
param identityName string

@description('Object id of the program\'s identity.')
param principalId string

@description('Object id of the person or group who fills in the secrets. Empty: nobody gets the right here.')
param vaultOfficerId string

@description('Resource id of the workspace that the audit log goes to.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'Enabled'
  }
}

resource dataProtection 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
  parent: vault
  name: 'data-protection'
  properties: {
    kty: 'RSA'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
  }
}

// At the vault, because the secrets do not exist when this runs. It holds no others.
resource readSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identityName, keyVaultSecretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource wrapKeys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dataProtection.id, identityName, keyVaultCryptoServiceEncryptionUser)
  scope: dataProtection
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      keyVaultCryptoServiceEncryptionUser
    )
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource fillSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vaultOfficerId)) {
  name: guid(vault.id, vaultOfficerId, keyVaultSecretsOfficer)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsOfficer)
    principalId: vaultOfficerId
  }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}

@description('Name of the vault.')
output name string = vault.name

@description('Address of the wrapping key, without a version: a new version is used as soon as there is one.')
output wrappingKey string = dataProtection.properties.keyUri

@description('App-setting reference to the SendGrid key. Names the secret, holds no value.')
output sendGridReference string = '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=sendgrid-api-key)'

@description('App-setting reference to the server key. Names the secret, holds no value.')
output serverKeyReference string = '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=server-key)'
