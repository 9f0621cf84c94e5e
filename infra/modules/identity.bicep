// The one identity that the program has. Every right is given to it at the resource concerned; it has none on the resource group.

@description('Name of the identity.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id

@description('Object id that roles are given to.')
output principalId string = identity.properties.principalId

@description('Client id that the settings name. Not a secret.')
output clientId string = identity.properties.clientId
