// Ids of Azure's built-in roles (learn.microsoft.com, Azure built-in roles). One list, so that a review reads them in one place.

@export()
@description('Read, write, delete and legal hold on blobs.')
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

@export()
@description('Read, write and delete blobs.')
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

@export()
@description('Read, write and delete queues and their messages.')
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'

@export()
@description('Read, write and delete tables and their entities.')
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

@export()
@description('Send telemetry.')
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

@export()
@description('Read the values of secrets.')
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

@export()
@description('Write secrets; given to the people who fill them in, not to the program.')
var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

@export()
@description('Read a key, wrap and unwrap with it; no signing, no management.')
var keyVaultCryptoServiceEncryptionUser = 'e147488a-f6f5-4113-8e2d-b22465e65bf6'

@export()
@description('Lets a backup vault back up the blobs of a storage account.')
var storageAccountBackupContributor = 'e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1'
