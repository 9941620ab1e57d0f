// The model. Called with the app's identity: the account has no keys.

@minLength(2)
@maxLength(64)
param name string
param location string
param tags object
param modelName string
param modelVersion string
param sku string
@description('Thousands of tokens a minute.')
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
    // Tokens of Microsoft Entra are accepted at a custom domain only.
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
    // Every summary names its version, so that one is kept while it lasts; after its retirement a newer one beats none.
    versionUpgradeOption: 'OnceCurrentVersionExpired'
  }
}

output endpoint string = account.properties.endpoint
