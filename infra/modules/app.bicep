// The function app on Flex Consumption. It scales to zero, so nothing is billed between collections.

@minLength(2)
@maxLength(60)
param name string
@minLength(1)
@maxLength(60)
param planName string
param location string
param tags object
param identityName string
param storage {
  blobEndpoint: string
  queueEndpoint: string
  tableEndpoint: string
  deploymentContainer: string
}
param applicationInsightsConnectionString string
param instanceMemoryMB int
param maximumInstanceCount int
@description('Application settings of the product. This module adds those of the platform.')
param settings { *: string }
@secure()
@description('Empty: no webhook. Not in settings, because a deployment records what is not secure.')
param webhookAddress string
@secure()
param webhookSecret string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, {
    'azd-service-name': 'functions'
  })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    // Reads the secrets of Key Vault references in the settings.
    keyVaultReferenceIdentity: identity.id
    httpsOnly: true
    clientAffinityEnabled: false
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.blobEndpoint}${storage.deploymentContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        // Responses come from memory. At the default of 16, a burst of 100 requests would start seven instances.
        triggers: {
          http: {
            perInstanceConcurrency: 100
          }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
      // Anonymous endpoints are public and read-only. The others require a function key, which browsers do not send on their own.
      cors: {
        allowedOrigins: ['*']
        supportCredentials: false
      }
    }
  }

  // azd deploys with Microsoft Entra tokens; basic authentication is not needed.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  // Flex Consumption rejects FUNCTIONS_WORKER_RUNTIME and FUNCTIONS_EXTENSION_VERSION here; functionAppConfig replaces them.
  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, {
      AzureWebJobsStorage__blobServiceUri: storage.blobEndpoint
      AzureWebJobsStorage__queueServiceUri: storage.queueEndpoint
      AzureWebJobsStorage__tableServiceUri: storage.tableEndpoint
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      // Selects the user-assigned identity for DefaultAzureCredential.
      AZURE_CLIENT_ID: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identity.properties.clientId}'
      Webhook__Address: webhookAddress
      Webhook__Secret: webhookSecret
      Publishing__ApiAddress: 'https://${app.properties.defaultHostName}/api'
    })
  }
}

output apiAddress string = 'https://${app.properties.defaultHostName}/api'
