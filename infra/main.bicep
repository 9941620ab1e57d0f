// Denoised in one resource group: storage (the data and the page), a function app, a model, and what watches them.
// `azd up` calls this with main.parameters.json; every parameter that is not listed there has its default here.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment. The resource group is named after it; every other name is derived from a hash of it, so that any name works.')
param environmentName string

@minLength(1)
@description('Region of everything but the model. The list is of those that offer the Flex Consumption plan (`az functionapp list-flexconsumption-locations`).')
@allowed([
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'southindia'
  'spaincentral'
  'swedencentral'
  'uaenorth'
  'uksouth'
  'ukwest'
  'westcentralus'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@minLength(1)
@description('Region of the model. azd offers only regions that have quota left for it. Where modelEndpoint is set no model is created, and any text will do.')
@metadata({
  azd: {
    type: 'location'
    usageName: [
      // 1 instead of modelCapacity: a region with less quota works with a smaller capacity, which azd cannot see here.
      'OpenAI.GlobalStandard.gpt-5.4-mini,1'
    ]
  }
})
param modelLocation string

@description('Object id of whoever deploys (azd fills it in): may upload the page and send messages. Empty: nobody is given these roles.')
param principalId string = ''

@description('What principalId is: User at a desk, ServicePrincipal in a pipeline.')
@allowed(['User', 'ServicePrincipal', 'Group'])
param principalType string = 'User'

@minLength(2)
@description('arXiv categories to follow, separated by commas. A paper is taken where its primary category is one of them.')
param categories string = 'cs.LG,stat.ML'

@description('Address under which readers load the page, where a proxy answers there. Empty: that of the storage account.')
param customAddress string = ''

@description('How arXiv can reach whoever runs this site (an e-mail address or a page): sent with every request. Empty: the address of the site.')
param contact string = ''

@description('Where readers report wrong summaries: the new-issue page of a repository (`https://.../issues/new`), a mailbox (`mailto:...`), or any other page. Empty: the page offers none.')
param reportErrorsTo string = ''

@description('When to read arXiv: six-field NCRONTAB in UTC.')
param collectSchedule string = '0 20 5,13,21 * * *'

@minValue(1)
@maxValue(60)
@description('Listing days to keep. arXiv announces on five days a week; its catch-up pages go back 90 days.')
param retentionDays int = 7

@description('Let the model read the days before the first one too. They cost as much as the same number of ordinary days, at once.')
param backfillWithModel bool = false

@description('A server of your own with the chat completions of OpenAI, called without a key, or an Azure OpenAI account, called with Microsoft Entra tokens; no Azure OpenAI account is created then. `none`: no model at all, summaries are extracted sentences. Empty: an Azure OpenAI account is created.')
param modelEndpoint string = ''

@description('Model, also the name of its deployment.')
param modelName string = 'gpt-5.4-mini'

@description('Version of the model that is created.')
param modelVersion string = '2026-03-17'

@description('Day on which Azure retires that version (yyyy-MM-dd), shown in /api/status from 90 days before. Empty: unknown.')
param modelRetiresOn string = '2027-03-18'

@description('Kind of deployment. With another one than GlobalStandard, the quota that azd checks (metadata of modelLocation) is not the one that is used.')
@allowed(['GlobalStandard', 'DataZoneStandard', 'Standard'])
param modelSku string = 'GlobalStandard'

@minValue(1)
@description('Thousands of tokens a minute. arXiv lets four papers a minute be read, of about 13,400 tokens each: 54 are used in the long run, the rest is for bursts.')
param modelCapacity int = 100

@description('USD for a million tokens read, for the cost shown. No number type: Bicep has no decimals.')
param inputPrice string = '0.75'

@description('USD for a million tokens read from the prompt cache.')
param cachedInputPrice string = '0.075'

@description('USD for a million tokens written.')
param outputPrice string = '4.50'

@minValue(0)
@description('Tokens a UTC day, of all instances together. Papers over it keep extracted sentences until a later day.')
param dailyTokenBudget int = 6000000

@minValue(1)
@description('USD a UTC day for the model above which an alert is raised.')
param dailyCostLimit int = 10

@description('Where alerts are sent. Empty: they are shown in the portal only.')
param alertEmail string = ''

@minValue(0)
@description('Cost of the resource group a month above which alertEmail gets a message, in the currency of the bill. 0: no budget. It stops nothing.')
param monthlyBudget int = 150

@description('First day of the budget (yyyy-MM-01). Azure lets nobody change it: azd keeps the first one and hands it in again. Empty: the month of this deployment.')
param budgetStart string = ''

@minValue(1)
@maxValue(1000)
@description('Instances that each group of functions may grow to: the API, and each queue. Reported not to bind the API. Reading is paced by arXiv over all instances.')
param maximumInstanceCount int = 40

@description('Memory of an instance in MB. PDFs are read in a process of their own beside the app.')
@allowed([2048, 4096])
param instanceMemoryMB int = 2048

var abbreviations = loadJsonContent('abbreviations.json')
// 13 lower-case letters and digits: fits the tightest rule (a storage account: 3 to 24 of these), whatever the environment is called.
var token = toLower(uniqueString(subscription().id, environmentName, location))
// Known before anything runs, so that previews (what-if, snapshots) can show what depends on them.
var names = {
  identity: '${abbreviations.identity}${token}'
  workspace: '${abbreviations.logAnalytics}${token}'
  component: '${abbreviations.appInsights}${token}'
  storage: '${abbreviations.storageAccount}${token}'
  openAi: '${abbreviations.openAi}${token}'
  plan: '${abbreviations.plan}${token}'
  app: '${abbreviations.functionApp}${token}'
  actionGroup: '${abbreviations.actionGroup}${token}'
}
// A resource group's name may end in anything that azd allows in an environment's name, but a period.
var groupSuffix = endsWith(environmentName, '.') ? '_' : ''
var tags = {
  'azd-env-name': environmentName
}
var deploymentContainer = 'app-package'
var createsModel = empty(modelEndpoint)
var hasBudget = !empty(alertEmail) && monthlyBudget > 0

var siteAddress = empty(customAddress) ? storage.outputs.siteAddress : customAddress

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}${groupSuffix}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: names.identity
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: names.workspace
    componentName: names.component
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: names.storage
    location: location
    tags: tags
    deploymentContainer: deploymentContainer
  }
}

module openAi 'modules/openai.bicep' = if (createsModel) {
  scope: group
  params: {
    name: names.openAi
    location: modelLocation
    tags: tags
    modelName: modelName
    modelVersion: modelVersion
    sku: modelSku
    capacity: modelCapacity
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    storageName: names.storage
    openAiName: createsModel ? names.openAi : ''
    componentName: names.component
    appPrincipalId: identity.outputs.principalId
    deployerPrincipalId: principalId
    deployerPrincipalType: principalType
  }
  dependsOn: [storage, monitoring, openAi]
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: names.app
    planName: names.plan
    location: location
    tags: tags
    identityName: names.identity
    storage: {
      blobEndpoint: storage.outputs.blobEndpoint
      queueEndpoint: storage.outputs.queueEndpoint
      tableEndpoint: storage.outputs.tableEndpoint
      deploymentContainer: deploymentContainer
    }
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    settings: {
      CollectSchedule: collectSchedule
      ForgetSchedule: '0 50 3 * * *'
      Arxiv__Categories: categories
      Arxiv__Contact: empty(contact) ? siteAddress : contact
      Collect__RetentionDays: string(retentionDays)
      Collect__BackfillWithModel: string(backfillWithModel)
      Summarizer__Endpoint: createsModel ? openAi!.outputs.endpoint : (modelEndpoint == 'none' ? '' : modelEndpoint)
      Summarizer__Deployment: modelName
      Summarizer__ModelRetiresOn: createsModel ? modelRetiresOn : ''
      Summarizer__DailyTokenBudget: string(dailyTokenBudget)
      Summarizer__InputPricePerMillion: inputPrice
      Summarizer__CachedInputPricePerMillion: cachedInputPrice
      Summarizer__OutputPricePerMillion: outputPrice
      Publishing__SiteAddress: siteAddress
      Publishing__ReportErrorsTo: reportErrorsTo
    }
  }
  // Started without its roles, the host gives up on its storage and only tries again minutes later.
  dependsOn: [identity, roles]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    workspaceName: names.workspace
    actionGroupName: names.actionGroup
    email: alertEmail
    dailyCostLimit: dailyCostLimit
    location: location
    tags: tags
  }
  dependsOn: [monitoring]
}

module budget 'modules/budget.bicep' = if (hasBudget) {
  scope: group
  params: {
    email: alertEmail
    amount: monthlyBudget
    start: budgetStart
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    componentName: names.component
    location: location
    tags: tags
  }
  dependsOn: [monitoring]
}

// azd keeps these in the environment; the publisher reads the storage endpoints from there.
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_STORAGE_ACCOUNT string = names.storage
output AZURE_STORAGE_BLOB_ENDPOINT string = storage.outputs.blobEndpoint
output AZURE_STORAGE_QUEUE_ENDPOINT string = storage.outputs.queueEndpoint
output AZURE_FUNCTION_APP string = names.app
// Handed in again by the next deployment.
output DENOISED_BUDGET_START string = hasBudget ? budget!.outputs.start : ''
// azd prints these at the end of a deployment, as the addresses of the service `functions`.
output SERVICE_FUNCTIONS_ENDPOINTS array = [siteAddress]
output DENOISED_SITE_ADDRESS string = siteAddress
output DENOISED_API_ADDRESS string = app.outputs.apiAddress
