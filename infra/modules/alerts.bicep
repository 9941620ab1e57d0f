// What somebody should look at. Each rule asks the metrics that the app writes (AppMetrics: one row a metric and minute, Sum and Max of it).
// Hours and days are UTC, as in the settings.

param workspaceName string
@minLength(1)
@maxLength(260)
param actionGroupName string
@description('Empty: the alerts are raised, and shown in the portal only.')
param email string
@description('USD a day.')
param dailyCostLimit int
param location string
param tags object

type rule = {
  name: string
  title: string
  description: string
  @description('0 is the gravest.')
  severity: 0 | 1 | 2 | 3 | 4
  @description('Returns a row where there is something wrong, nothing otherwise.')
  query: string
}

var rules rule[] = [
  {
    name: 'no-collection'
    title: 'Denoised: nothing collected today'
    description: 'arXiv announces from Monday to Friday (its dates), and no collection of today was complete by 22:00 UTC, after the last of the three runs. See lastRun in /api/status, then the log of CollectPapers.'
    severity: 1
    query: '''
AppMetrics
| where TimeGenerated > startofday(now())
| summarize complete = countif(Name == 'denoised.collection.completed' and Sum > 0)
| where complete == 0 and hourofday(now()) >= 22 and dayofweek(now()) between (1d .. 5d)
'''
  }
  {
    name: 'failed-papers'
    title: 'Denoised: papers failed'
    description: 'More than three papers were given up today after every attempt. /api/status names them, with reasons.'
    severity: 2
    query: '''
AppMetrics
| where TimeGenerated > startofday(now())
| summarize failed = sumif(Sum, Name == 'denoised.papers.failed')
| where failed > 3
'''
  }
  {
    name: 'extractive-papers'
    title: 'Denoised: the model does not write the summaries'
    description: 'A model is configured, yet more than half of the newest day has no summary by it, six hours or more after its listing was read. /api/status says why (model): a version that was retired, a deployment that was removed, a role that is missing (401, 403, 404), or a budget that is used up.'
    severity: 1
    query: '''
AppMetrics
| where TimeGenerated > ago(1d) and Name == 'denoised.papers.extractive'
| summarize arg_max(TimeGenerated, Max)
| where Max > 0.5
'''
  }
  {
    name: 'oldest-message'
    title: 'Denoised: a message waits for too long'
    description: 'The oldest message of a queue has waited for more than twelve hours. A heavy day takes about three: look for a model that refuses (429), arXiv refusing (403, 429), or a function that fails.'
    severity: 2
    query: '''
AppMetrics
| where TimeGenerated > ago(1h)
| summarize oldest = maxif(Max, Name == 'denoised.queue.oldest')
| where oldest > 12 * 3600
'''
  }
  {
    name: 'discarded-messages'
    title: 'Denoised: messages were discarded'
    description: 'A message was completed today without its work: the host gave up on it, or it cannot be parsed. /api/status counts them by queue, and the log quotes them. The next collection takes the work up again.'
    severity: 2
    query: '''
AppMetrics
| where TimeGenerated > startofday(now())
| summarize discarded = sumif(Sum, Name == 'denoised.messages.discarded')
| where discarded > 0
'''
  }
  {
    name: 'failed-requests'
    title: 'Denoised: the API fails'
    description: 'More than ten requests of the last hour were answered with 500 or higher. The page does not need the API; programs that call it do. The workbook lists the exceptions.'
    severity: 2
    query: '''
AppRequests
| where TimeGenerated > ago(1h) and toint(ResultCode) >= 500
| summarize failed = count()
| where failed > 10
'''
  }
  {
    name: 'stale-site'
    title: 'Denoised: the site is not published again'
    description: 'A day has changed more than ten hours ago, and the site does not show it, although a collection has asked for its publication since. See the log of PublishDay.'
    severity: 2
    query: '''
AppMetrics
| where TimeGenerated > ago(1d) and Name == 'denoised.publication.lag'
| summarize arg_max(TimeGenerated, Max)
| where Max > 10
'''
  }
  {
    name: 'daily-cost'
    title: 'Denoised: the model costs more than planned'
    description: 'What the model cost today by its list price is above dailyCostLimit. dailyTokenBudget stops it for good.'
    severity: 2
    query: replace(
      '''
AppMetrics
| where TimeGenerated > startofday(now())
| summarize cost = sumif(Sum, Name == 'denoised.cost')
| where cost > LIMIT
''',
      'LIMIT',
      string(dailyCostLimit)
    )
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName
}

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'denoised'
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for r in rules: {
    name: 'denoised-${r.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: r.title
      description: r.description
      severity: r.severity
      enabled: true
      scopes: [workspace.id]
      evaluationFrequency: 'PT1H'
      windowSize: 'P1D'
      // A metric that nobody has written yet is no reason to fail a deployment.
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: r.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(email) ? [] : [actionGroup.id]
      }
    }
  }
]
