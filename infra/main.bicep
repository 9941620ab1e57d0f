// Denoised in one resource group: a storage account (data and page), a function app, a model, monitoring and alerts.
// `azd up` deploys it with main.parameters.json, which maps every parameter to an environment variable. Defaults are here.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment and part of the resource group\'s name. All other names contain a hash of it, so any name is valid.')
param environmentName string

@minLength(1)
@description('Region of everything except the model. Only regions that offer the Flex Consumption plan (`az functionapp list-flexconsumption-locations`).')
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
@description('Region of the model. azd offers only regions with quota left for it. Ignored when modelEndpoint is set.')
@metadata({
  azd: {
    type: 'location'
    usageName: [
      // 1, not modelCapacity: azd cannot read the parameter here, and a region with less quota works with a smaller capacity.
      'OpenAI.GlobalStandard.gpt-5.4-mini,1'
    ]
  }
})
param modelLocation string

@description('Object id of the deploying principal, set by azd. It gets the roles to upload the page and send messages. Empty: no role assignments.')
param principalId string = ''

@description('Type of principalId: User interactively, ServicePrincipal in a pipeline.')
@allowed(['User', 'ServicePrincipal', 'Group'])
param principalType string = 'User'

@minLength(2)
@description('Comma-separated arXiv categories. A paper is included if its primary category is one of them.')
param categories string = 'cs.LG,stat.ML'

@description('Public address of the page if a proxy or CDN serves it. Empty: the static website endpoint of the storage account.')
param customAddress string = ''

@description('Operator contact for arXiv (an e-mail address or a page), sent in the User-Agent of every request. Empty: the address of the site.')
param contact string = ''

@description('Where readers report wrong summaries: a new-issue page (`https://.../issues/new`), a mailbox (`mailto:...`) or another page. Empty: the page has no such link.')
param reportErrorsTo string = ''

@description('Schedule of the collections: six-field NCRONTAB in UTC.')
param collectSchedule string = '0 20 5,13,21 * * *'

@minValue(1)
@maxValue(60)
@description('Retention in listing days. arXiv announces on five days a week; its catch-up pages go back 90 days.')
param retentionDays int = 7

@description('Summarize the backfilled days of the first collection with the model as well. Costs as much as the same number of ordinary days.')
param backfillWithModel bool = false

@description('Endpoint of an existing model: an OpenAI-compatible server, called without a key, or an Azure OpenAI account, called with Microsoft Entra tokens. `none`: no model, summaries are extractive. Empty: the template creates an Azure OpenAI account.')
param modelEndpoint string = ''

@description('Model name, also used as the deployment name.')
param modelName string = 'gpt-5.4-mini'

@description('Model version to deploy.')
param modelVersion string = '2026-03-17'

@description('Retirement date of that version (yyyy-MM-dd). /api/status reports it from 90 days before. Empty: unknown.')
param modelRetiresOn string = '2027-03-18'

@description('Deployment type. azd checks the quota of GlobalStandard (metadata of modelLocation), whatever this is.')
@allowed(['GlobalStandard', 'DataZoneStandard', 'Standard'])
param modelSku string = 'GlobalStandard'

@minValue(1)
@description('Capacity in thousands of tokens per minute. arXiv allows four papers a minute of about 13,400 tokens each, so 54 suffice; the rest absorbs bursts.')
param modelCapacity int = 100

@description('USD per million input tokens, for the reported cost. A string because Bicep has no decimal type.')
param inputPrice string = '0.75'

@description('USD per million cached input tokens.')
param cachedInputPrice string = '0.075'

@description('USD per million output tokens.')
param outputPrice string = '4.50'

@description('Language of summaries and overviews, a BCP 47 tag such as en, de or pt-BR. Fewer checks apply to other languages than English.')
param summaryLanguage string = 'en'

@description('Format of the digest that the webhook gets once per listing day.')
@allowed(['Slack', 'Teams', 'Discord', 'Json'])
param webhookFormat string = 'Slack'

@secure()
@description('Address of the webhook, or a reference to it: `@Microsoft.KeyVault(SecretUri=https://...)`. Empty: no webhook.')
param webhookAddress string = ''

@secure()
@description('Key of the signature for the format Json (`whsec_...`), or a Key Vault reference to it.')
param webhookSecret string = ''

@minValue(0)
@description('Token budget per UTC day, shared by all instances. Papers beyond it keep extractive summaries until a later day.')
param dailyTokenBudget int = 6000000

@minValue(1)
@description('Model cost in USD per UTC day above which an alert fires.')
param dailyCostLimit int = 10

@description('E-mail address for alerts. Empty: alerts appear in the portal only.')
param alertEmail string = ''

@minValue(0)
@description('Monthly budget of the resource group in the billing currency. Azure e-mails alertEmail when it is reached and stops nothing. 0: no budget.')
param monthlyBudget int = 150

@description('Start of the budget (yyyy-MM-01). Immutable in Azure, so azd stores the first one and passes it again. Empty: the current month.')
param budgetStart string = ''

@minValue(1)
@maxValue(1000)
@description('Maximum instances per scale group (the API is one, each queue another). Reported not to be enforced for HTTP. Not a cost limit.')
param maximumInstanceCount int = 40

@description('Instance memory in MB. Host, worker and the PDF child process share it.')
@allowed([2048, 4096])
param instanceMemoryMB int = 2048

var abbreviations = loadJsonContent('abbreviations.json')
// 13 lower-case letters and digits: valid in every resource name, also in a storage account's (3 to 24 of them).
var token = toLower(uniqueString(subscription().id, environmentName, location))
// Compile-time names instead of module outputs: what-if and snapshots can then resolve everything that refers to them.
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
// azd allows an environment name that ends in a period; Azure does not for a resource group.
var groupSuffix = endsWith(environmentName, '.') ? '_' : ''
var tags = {
  'azd-env-name': environmentName
}
var createsModel = empty(modelEndpoint)

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
      deploymentContainer: storage.outputs.deploymentContainer
    }
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    settings: {
      CollectSchedule: collectSchedule
      PurgeSchedule: '0 50 3 * * *'
      Arxiv__Categories: categories
      Arxiv__Contact: empty(contact) ? siteAddress : contact
      Collect__RetentionDays: string(retentionDays)
      Collect__BackfillWithModel: string(backfillWithModel)
      Summarizer__Endpoint: createsModel ? openAi!.outputs.endpoint : (modelEndpoint == 'none' ? '' : modelEndpoint)
      Summarizer__Deployment: modelName
      Summarizer__ModelRetiresOn: createsModel ? modelRetiresOn : ''
      Summarizer__DailyTokenBudget: string(dailyTokenBudget)
      Summarizer__InputPricePerMillion: inputPrice
      Summarizer__Language: summaryLanguage
      Summarizer__CachedInputPricePerMillion: cachedInputPrice
      Summarizer__OutputPricePerMillion: outputPrice
      Publishing__SiteAddress: siteAddress
      Publishing__ReportErrorsTo: reportErrorsTo
      Webhook__Format: webhookFormat
    }
    webhookAddress: webhookAddress
    webhookSecret: webhookSecret
  }
  // A host that starts without its roles fails to open its storage and retries only minutes later.
  dependsOn: [identity, roles]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    workspaceName: names.workspace
    actionGroupName: names.actionGroup
    email: alertEmail
    dailyCostLimit: dailyCostLimit
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
    location: location
    tags: tags
  }
  dependsOn: [monitoring]
}

// azd stores outputs in its environment. The publisher reads the storage endpoints; the next deployment reads DENOISED_BUDGET_START.
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_STORAGE_ACCOUNT string = names.storage
output AZURE_STORAGE_BLOB_ENDPOINT string = storage.outputs.blobEndpoint
output AZURE_STORAGE_QUEUE_ENDPOINT string = storage.outputs.queueEndpoint
output AZURE_FUNCTION_APP string = names.app
output DENOISED_BUDGET_START string = alerts.outputs.budgetStart
// azd prints this array as the endpoints of the service `functions` at the end of a deployment.
output SERVICE_FUNCTIONS_ENDPOINTS array = [siteAddress]
output DENOISED_SITE_ADDRESS string = siteAddress
output DENOISED_API_ADDRESS string = app.outputs.apiAddress
