// Logs, metrics and traces. Nothing is written or read with a key.

@minLength(4)
@maxLength(63)
param workspaceName string
@minLength(1)
@maxLength(260)
param componentName string
param location string
param tags object

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    // 31 days are in the price of what is written.
    retentionInDays: 30
    features: {
      disableLocalAuth: true
    }
    // A runaway log stops here instead of on the bill; an ordinary day writes well under 100 MB.
    workspaceCapping: {
      dailyQuotaGb: 1
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

output connectionString string = component.properties.ConnectionString
