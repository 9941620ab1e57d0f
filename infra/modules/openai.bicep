// The Azure OpenAI account and its deployment. The app calls it with its identity; local (key) authentication is off.

@minLength(2)
@maxLength(64)
param name string
param location string
param tags object
param modelName string
param modelVersion string
param sku string
@description('Thousands of tokens per minute.')
param capacity int

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: {
    name: 'S0'
  }
  properties: {
    // Microsoft Entra authentication requires a custom subdomain.
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: 'Enabled'
  }
}

resource deployment 'Microsoft.CognitiveServices/accounts/deployments@2025-06-01' = {
  parent: account
  name: modelName
  sku: {
    name: sku
    capacity: capacity
  }
  properties: {
    model: {
      format: 'OpenAI'
      name: modelName
      version: modelVersion
    }
    // Summaries record the model version, so it changes only when it retires.
    versionUpgradeOption: 'OnceCurrentVersionExpired'
  }
}

output endpoint string = account.properties.endpoint
