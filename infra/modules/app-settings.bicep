// Every setting of the program, in one place. Two underscores stand for a section of the configuration. Secrets are references to the vault.

@description('Name of the app.')
param appName string

@description('https address that links in mails and pages begin with, without a slash at its end.')
param address string

@description('Client id of the program\'s identity.')
param clientId string

@description('Name of the durable hub: letters and digits.')
param hubName string

@description('Addresses of the host account\'s services, and of the blob with the data-protection keys.')
param host { blob: string, queue: string, table: string, keys: string }

@description('Address of the table service that holds the records.')
param records string

@description('Address of the blob service that holds the evidence.')
param evidence string

@description('Address of the blob service that holds what nobody has looked at.')
param quarantine string

@description('Address of the key that wraps the data-protection keys.')
param wrappingKey string

@description('Tenant whose accounts sign in, and trust-wide roles that come from its groups. Used only while the platform signs people in.')
param signIn { tenant: string, roleGroups: string }

@description('Reference to the server key in the vault.')
param serverKeyReference string

@description('Reference to the SendGrid key in the vault.')
param sendGridReference string

@description('Sender, public key of the event webhook (base64; not a secret), and whether SendGrid only checks mails without sending them.')
param mail { from: string, fromName: string, webhookKey: string, sandbox: bool }

@description('Where telemetry goes.')
param insightsConnectionString string

var managedIdentity = 'managedidentity'

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    AzureWebJobsStorage__credential: managedIdentity
    AzureWebJobsStorage__clientId: clientId
    AzureWebJobsStorage__blobServiceUri: host.blob
    AzureWebJobsStorage__queueServiceUri: host.queue
    AzureWebJobsStorage__tableServiceUri: host.table
    AzureWebJobsDisableHomepage: 'true'

    POLICYFLOWS_HUB: hubName
    POLICYFLOWS_HUB_STORAGE__credential: managedIdentity
    POLICYFLOWS_HUB_STORAGE__clientId: clientId
    POLICYFLOWS_HUB_STORAGE__blobServiceUri: host.blob
    POLICYFLOWS_HUB_STORAGE__queueServiceUri: host.queue
    POLICYFLOWS_HUB_STORAGE__tableServiceUri: host.table

    AZURE_CLIENT_ID: clientId
    PolicyFlows__Address: address
    PolicyFlows__Records: records
    PolicyFlows__Evidence: evidence
    PolicyFlows__Quarantine: quarantine
    PolicyFlows__Keys: host.keys
    PolicyFlows__KeysKey: wrappingKey
    PolicyFlows__SignIn__Tenant: signIn.tenant
    PolicyFlows__SignIn__RoleGroups: signIn.roleGroups
    PolicyFlows__ServerKey: serverKeyReference
    PolicyFlows__Mail__ApiKey: sendGridReference
    PolicyFlows__Mail__From: mail.from
    PolicyFlows__Mail__FromName: mail.fromName
    PolicyFlows__Mail__WebhookKey: mail.webhookKey
    PolicyFlows__Mail__Sandbox: string(mail.sandbox)

    // 100 MiB: one video of 95 MiB and the form around it.
    FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '104857600'

    APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
  }
}
