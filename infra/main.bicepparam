// Values come from the azd environment: azd env set NAME value. A name without a default here must be set.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION', 'uksouth')
param storageSku = readEnvironmentVariable('STORAGE_SKU', 'Standard_ZRS')

param operatorEmail = readEnvironmentVariable('OPERATOR_EMAIL')
param vaultOfficerId = readEnvironmentVariable('VAULT_OFFICER_ID', '')
param publicAddress = readEnvironmentVariable('PUBLIC_ADDRESS', '')

param mailFrom = readEnvironmentVariable('MAIL_FROM')
param mailFromName = readEnvironmentVariable('MAIL_FROM_NAME')
param mailWebhookKey = readEnvironmentVariable('MAIL_WEBHOOK_KEY', '')
param mailSandbox = bool(readEnvironmentVariable('MAIL_SANDBOX', 'false'))

param entraTenantId = readEnvironmentVariable('ENTRA_TENANT_ID', '')
param entraClientId = readEnvironmentVariable('ENTRA_CLIENT_ID', '')
param entraRoleGroups = readEnvironmentVariable('ENTRA_ROLE_GROUPS', '')

param budgetAmount = int(readEnvironmentVariable('BUDGET_AMOUNT'))
param budgetStart = readEnvironmentVariable('BUDGET_START')

param immutabilityDays = int(readEnvironmentVariable('IMMUTABILITY_DAYS', '30'))
param backupDays = int(readEnvironmentVariable('BACKUP_DAYS', '35'))
param logDays = int(readEnvironmentVariable('LOG_DAYS', '90'))
param alwaysReadyInstances = int(readEnvironmentVariable('ALWAYS_READY_INSTANCES', '0'))
