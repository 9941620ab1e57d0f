// The function app on Flex Consumption: nothing runs, and nothing is paid, between two collections.

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
@description('Settings of the product itself. Those of the platform are added here.')
param settings { *: string }

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
        // Answers come from memory: one instance takes a burst that would start seven at the default of 16.
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
      // The anonymous endpoints are for everybody's programs; those that change something want a function key, which is no cookie.
      cors: {
        allowedOrigins: ['*']
        supportCredentials: false
      }
    }
  }

  // Deployment goes by tokens of Microsoft Entra; user name and password are for older tools.
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

  // Flex Consumption refuses FUNCTIONS_WORKER_RUNTIME and FUNCTIONS_EXTENSION_VERSION here: they are functionAppConfig.
  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, {
      AzureWebJobsStorage__blobServiceUri: storage.blobEndpoint
      AzureWebJobsStorage__queueServiceUri: storage.queueEndpoint
      AzureWebJobsStorage__tableServiceUri: storage.tableEndpoint
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      // DefaultAzureCredential does not know which identity of the app to use unless told.
      AZURE_CLIENT_ID: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identity.properties.clientId}'
      Publishing__ApiAddress: 'https://${app.properties.defaultHostName}/api'
    })
  }
}

output apiAddress string = 'https://${app.properties.defaultHostName}/api'
