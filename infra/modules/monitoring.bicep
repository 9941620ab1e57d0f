// Log Analytics workspace, Application Insights and the workbook. Key authentication is off.

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
    // The ingestion price includes 31 days.
    retentionInDays: 30
    features: {
      disableLocalAuth: true
    }
    // Caps the cost of runaway logging; an ordinary day ingests well under 100 MB.
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

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // Workbook names are GUIDs.
  name: guid(resourceGroup().id, 'a day at a glance')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Denoised: a day at a glance'
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: component.id
    // workbook.json has one placeholder, for its component.
    serializedData: replace(loadTextContent('../workbook.json'), '{component-id}', component.id)
  }
}

output connectionString string = component.properties.ConnectionString
