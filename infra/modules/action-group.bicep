// Who hears of it: one mailbox.

@description('Name of the group.')
param name string

@description('Tags.')
param tags object

@description('Mail address that alerts go to.')
param email string

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'PolicyFlows'
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

@description('Resource id of the group.')
output id string = group.id
