// A storage account that only identities reach: no account keys, no public blobs, TLS 1.2 or newer.

@description('Name: 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Redundancy.')
param sku string

@description('Whether account keys and signatures made from them work. Always false here; a parameter so that every use says it.')
param allowSharedKeyAccess bool

@description('Whether object replication may leave the tenant. Vaulted backup of blobs asks for it on the account that it copies; nowhere else.')
param allowCrossTenantReplication bool = false

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: allowCrossTenantReplication
    allowSharedKeyAccess: allowSharedKeyAccess
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Flex Consumption without a virtual network has no fixed address to let in. Roles are the gate.
    publicNetworkAccess: 'Enabled'
  }
}

@description('Name of the account.')
output name string = account.name

@description('Resource id.')
output id string = account.id

@description('Address of the blob service, with a slash at its end.')
output blob string = account.properties.primaryEndpoints.blob

@description('Address of the queue service.')
output queue string = account.properties.primaryEndpoints.queue

@description('Address of the table service.')
output table string = account.properties.primaryEndpoints.table
