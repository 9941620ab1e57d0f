// "A day at a glance", under Workbooks of the Application Insights resource.

param componentName string
param location string
param tags object

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // Workbooks are named by a GUID.
  name: guid(resourceGroup().id, 'a day at a glance')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Denoised: a day at a glance'
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: component.id
    // The workbook's own text names its component once, at the end.
    serializedData: replace(loadTextContent('../workbook.json'), '{component-id}', component.id)
  }
}
