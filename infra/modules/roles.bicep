// Role assignments in one table. Each says what it is needed for.

param storageName string
@description('Empty: the template creates no model.')
param openAiName string
param componentName string
param appPrincipalId string
@description('Empty: no roles for the deployer.')
param deployerPrincipalId string
param deployerPrincipalType string

type assignment = {
  @description('Name of the built-in role.')
  role: string
  @description('Id of the built-in role; the same in every tenant.')
  roleId: string
  on: 'storage' | 'openAi' | 'monitoring'
  to: 'app' | 'deployer'
  @description('What fails without it.')
  why: string
}

var assignments assignment[] = [
  {
    role: 'Storage Blob Data Owner'
    roleId: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
    on: 'storage'
    to: 'app'
    why: 'Functions host: leases, timer state, package. App: snapshots and pages in $web, page templates.'
  }
  {
    role: 'Storage Queue Data Contributor'
    roleId: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
    on: 'storage'
    to: 'app'
    why: 'Queue triggers and sending messages.'
  }
  {
    role: 'Storage Table Data Contributor'
    roleId: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
    on: 'storage'
    to: 'app'
    why: 'Papers, listings, rate limits and usage.'
  }
  {
    role: 'Cognitive Services OpenAI User'
    roleId: '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'
    on: 'openAi'
    to: 'app'
    why: 'Calls to the model.'
  }
  {
    role: 'Monitoring Metrics Publisher'
    roleId: '3913510d-42f4-4e42-8a64-420c390055eb'
    on: 'monitoring'
    to: 'app'
    why: 'Telemetry without a key.'
  }
  {
    role: 'Storage Blob Data Contributor'
    roleId: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
    on: 'storage'
    to: 'deployer'
    why: 'Upload of the page.'
  }
  {
    role: 'Storage Queue Data Message Sender'
    roleId: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
    on: 'storage'
    to: 'deployer'
    why: 'Messages that start the first collection and rebuild pages after a new template.'
  }
]

var principals = {
  app: {
    id: appPrincipalId
    type: 'ServicePrincipal'
  }
  deployer: {
    id: deployerPrincipalId
    type: deployerPrincipalType
  }
}
var wanted = filter(assignments, a => (a.to == 'app' || !empty(deployerPrincipalId)) && (a.on != 'openAi' || !empty(openAiName)))

resource storage 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: storageName
}

resource openAi 'Microsoft.CognitiveServices/accounts@2025-06-01' existing = if (!empty(openAiName)) {
  name: openAiName
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

// Bicep needs the scope at compile time, hence one loop per scope.
// The principal is part of the name: an identity recreated under the same name gets new assignments.
resource onStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for a in filter(wanted, a => a.on == 'storage'): {
    scope: storage
    name: guid(storage.id, principals[a.to].id, a.roleId)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', a.roleId)
      principalId: principals[a.to].id
      principalType: principals[a.to].type
      description: '${a.role}: ${a.why}'
    }
  }
]

resource onOpenAi 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for a in filter(wanted, a => a.on == 'openAi'): {
    scope: openAi
    name: guid(openAi.id, principals[a.to].id, a.roleId)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', a.roleId)
      principalId: principals[a.to].id
      principalType: principals[a.to].type
      description: '${a.role}: ${a.why}'
    }
  }
]

resource onMonitoring 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for a in filter(wanted, a => a.on == 'monitoring'): {
    scope: component
    name: guid(component.id, principals[a.to].id, a.roleId)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', a.roleId)
      principalId: principals[a.to].id
      principalType: principals[a.to].type
      description: '${a.role}: ${a.why}'
    }
  }
]
