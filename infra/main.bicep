// Everything PolicyFlows needs on Azure, in one resource group. Read docs/azure.md first.
targetScope = 'subscription'

@description('Name of the environment; part of the resource group\'s name.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region. Evidence about people in the United Kingdom stays there unless somebody chooses otherwise.')
param location string = 'uksouth'

@description('Redundancy of all storage accounts. Standard_ZRS needs a region with zones; ukwest has none known to us: use Standard_LRS there.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Mail address of whoever runs the program: alerts and the budget go there.')
param operatorEmail string

@description('Object id of the person or group who fills in the two secrets. Empty: give the right by hand.')
param vaultOfficerId string = ''

@description('Address that people type, when it is not the app\'s own: https://…, without a slash at its end. Bind the domain by hand.')
param publicAddress string = ''

@description('Sender of mails; verified with SendGrid.')
param mailFrom string

@description('Name beside the sender.')
param mailFromName string

@description('Public key of SendGrid\'s signed event webhook, base64. Not a secret. Empty: events are refused.')
param mailWebhookKey string = ''

@description('True: SendGrid checks mails and sends none. For a trial only: nobody would hear of a child at risk.')
param mailSandbox bool = false

@description('Tenant that staff sign in to with Entra ID. Empty: link and code only.')
param entraTenantId string = ''

@description('Client id of the app registration for that. Empty: link and code only.')
param entraClientId string = ''

@description('Trust-wide roles that come from security groups: Dpo=GROUP-ID,Administrator=GROUP-ID. Empty: none.')
param entraRoleGroups string = ''

@description('Amount a month after which the operator is told, in the currency of the bill.')
@minValue(1)
param budgetAmount int

@description('Month the budget starts in: yyyy-MM-01. The month it is first made; a later deployment must say the same month again.')
param budgetStart string

@description('Days for which new evidence cannot be deleted or changed. Unlocked; 0 for none. Legal holds are separate and need no days.')
@minValue(0)
@maxValue(146000)
param immutabilityDays int = 30

@description('Days a copy of the evidence stays in the backup vault.')
@minValue(7)
@maxValue(3650)
param backupDays int = 35

@description('Days logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 90

@description('HTTP instances kept running. 0: the first visitor after a quiet time waits for a start.')
@minValue(0)
@maxValue(10)
param alwaysReadyInstances int = 0

var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName, application: 'policyflows' }
// Names are known before anything is made, so that a preview can say what would change.
var appName = 'policyflows-${token}'
var identityName = 'id-policyflows-${token}'
var evidenceName = 'pfevidence${token}'
var address = empty(publicAddress) ? 'https://${app.outputs.hostName}' : publicAddress

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-policyflows-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: identityName, location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-policyflows-${token}'
    insightsName: 'appi-policyflows-${token}'
    location: location
    tags: tags
    retentionDays: logDays
    identityName: identityName
    principalId: identity.outputs.principalId
  }
}

module hostStorage 'modules/storage/host.bicep' = {
  scope: group
  params: {
    name: 'pfhost${token}'
    location: location
    tags: tags
    sku: storageSku
    identityName: identityName
    principalId: identity.outputs.principalId
  }
}

module recordsStorage 'modules/storage/records.bicep' = {
  scope: group
  params: {
    name: 'pfrecords${token}'
    location: location
    tags: tags
    sku: storageSku
    identityName: identityName
    principalId: identity.outputs.principalId
  }
}

module evidenceStorage 'modules/storage/evidence.bicep' = {
  scope: group
  params: {
    name: evidenceName
    location: location
    tags: tags
    sku: storageSku
    identityName: identityName
    principalId: identity.outputs.principalId
    immutabilityDays: immutabilityDays
    softDeleteDays: 14
    tierDays: { cool: 90, cold: 365 }
  }
}

module quarantineStorage 'modules/storage/quarantine.bicep' = {
  scope: group
  params: {
    name: 'pfquarantine${take(token, 12)}'
    location: location
    tags: tags
    sku: storageSku
    identityName: identityName
    principalId: identity.outputs.principalId
  }
}

module keyVault 'modules/key-vault.bicep' = {
  scope: group
  params: {
    name: 'kv-pf-${token}'
    location: location
    tags: tags
    identityName: identityName
    principalId: identity.outputs.principalId
    vaultOfficerId: vaultOfficerId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module app 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: appName
    planName: 'plan-policyflows-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    deploymentContainer: hostStorage.outputs.deployment
    instanceMemoryMB: 2048
    maximumInstanceCount: 40
    alwaysReadyInstances: alwaysReadyInstances
  }
}

module settings 'modules/app-settings.bicep' = {
  scope: group
  params: {
    appName: appName
    address: address
    clientId: identity.outputs.clientId
    hubName: 'PolicyFlows'
    host: {
      blob: hostStorage.outputs.blob
      queue: hostStorage.outputs.queue
      table: hostStorage.outputs.table
      keys: hostStorage.outputs.keys
    }
    records: recordsStorage.outputs.table
    evidence: evidenceStorage.outputs.blob
    quarantine: quarantineStorage.outputs.blob
    wrappingKey: keyVault.outputs.wrappingKey
    signIn: { tenant: entraTenantId, roleGroups: entraRoleGroups }
    serverKeyReference: keyVault.outputs.serverKeyReference
    sendGridReference: keyVault.outputs.sendGridReference
    mail: { from: mailFrom, fromName: mailFromName, webhookKey: mailWebhookKey, sandbox: mailSandbox }
    insightsConnectionString: monitoring.outputs.connectionString
  }
}

module authentication 'modules/authentication.bicep' = {
  scope: group
  params: { appName: appName, tenantId: entraTenantId, clientId: entraClientId }
  // One change of the site's configuration at a time.
  dependsOn: [settings]
}

module actionGroup 'modules/action-group.bicep' = {
  scope: group
  params: { name: 'ag-policyflows', tags: tags, email: operatorEmail }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    actionGroupId: actionGroup.outputs.id
    accounts: [
      { name: 'host', id: hostStorage.outputs.id }
      { name: 'records', id: recordsStorage.outputs.id }
      { name: 'evidence', id: evidenceStorage.outputs.id }
      { name: 'quarantine', id: quarantineStorage.outputs.id }
    ]
  }
}

module availability 'modules/availability.bicep' = {
  scope: group
  params: {
    name: 'health-policyflows-${token}'
    location: location
    tags: tags
    address: address
    insightsId: monitoring.outputs.insightsId
    actionGroupId: actionGroup.outputs.id
  }
}

module budget 'modules/budget.bicep' = {
  scope: group
  params: { name: 'budget-policyflows', amount: budgetAmount, email: operatorEmail, start: budgetStart }
}

module backup 'modules/backup.bicep' = {
  scope: group
  params: {
    name: 'bv-policyflows-${token}'
    location: location
    tags: tags
    evidenceAccountName: evidenceName
    container: evidenceStorage.outputs.container
    retentionDays: backupDays
  }
}

@description('Region, for azd.')
output AZURE_LOCATION string = location

@description('Tenant, for azd.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('Resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the app.')
output POLICYFLOWS_APP string = appName

@description('Vault that waits for sendgrid-api-key and server-key.')
output POLICYFLOWS_VAULT string = keyVault.outputs.name

@description('Address of the program.')
output POLICYFLOWS_ADDRESS string = address
