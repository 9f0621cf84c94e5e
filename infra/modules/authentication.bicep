// Sign-in with Entra ID in front of the program. Nobody is turned away here: the report form is public, and the program decides what a
// visitor may see. While it is off, the platform neither sets nor strips the principal header.

@description('Name of the app.')
param appName string

@description('Tenant that staff sign in to. Empty: off.')
param tenantId string

@description('Client id of the app registration. Empty: off.')
param clientId string

var on = !empty(tenantId) && !empty(clientId)

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource authentication 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: on
    }
    globalValidation: {
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
    }
    httpSettings: {
      requireHttps: true
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: on
        registration: on
          ? {
              clientId: clientId
              openIdIssuer: '${az.environment().authentication.loginEndpoint}${tenantId}/v2.0'
            }
          : {}
        validation: on
          ? {
              // Sign-ins of people only: no token that another program got for this one.
              allowedAudiences: [clientId]
            }
          : {}
      }
    }
    login: {
      tokenStore: {
        enabled: false
      }
    }
  }
}
