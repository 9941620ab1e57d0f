// Alert rules and the monthly budget. The queries read the app's metrics (AppMetrics: one row per metric and minute, with Sum and Max).
// Hours and days are UTC, as in the settings.

param workspaceName string
@minLength(1)
@maxLength(260)
param actionGroupName string
@description('Empty: alerts appear in the portal only, and there is no budget.')
param email string
@description('USD per day.')
param dailyCostLimit int
@description('In the billing currency. 0: no budget.')
param monthlyBudget int
param budgetStart string
param location string
param tags object

var hasBudget = !empty(email) && monthlyBudget > 0

type rule = {
  name: string
  title: string
  description: string
  @description('0 is the most severe.')
  severity: 0 | 1 | 2 | 3 | 4
  @description('Returns a row if the condition holds, none otherwise.')
  query: string
}

var rules rule[] = [
  {
    name: 'no-collection'
    title: 'Denoised: nothing collected today'
    description: 'arXiv announces from Monday to Friday, and no collection completed today by 22:00 UTC, after the last of the three runs. See lastRun in /api/status, then the log of CollectPapers.'
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
    description: 'More than three papers failed today after all attempts. /api/status lists them with reasons.'
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
    title: 'Denoised: most summaries are extractive'
    description: 'A model is configured, but more than half of the newest day has extractive summaries six hours after its listing was read. /api/status gives the reason (model): a retired version, a removed deployment, a missing role (401, 403, 404) or an exhausted token budget.'
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
    title: 'Denoised: old queue message'
    description: 'The oldest message of a queue is more than twelve hours old. A heavy day takes about three hours. Look for throttling by the model (429) or arXiv (403, 429), or a failing function.'
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
    title: 'Denoised: messages discarded'
    description: 'A message was discarded today: it went to the poison queue or could not be parsed. /api/status counts them by queue and the log quotes them. The next collection enqueues the work again.'
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
    title: 'Denoised: API errors'
    description: 'More than ten requests in the last hour got a 5xx response. The page does not depend on the API; programs that call it do. The workbook lists the exceptions.'
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
    title: 'Denoised: the site is stale'
    description: 'A day changed more than ten hours ago and the site does not show it, although a collection has enqueued it since. See the log of PublishDay.'
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
    title: 'Denoised: daily model cost above the limit'
    description: 'The list-price cost of the model today exceeds dailyCostLimit. dailyTokenBudget is the hard limit.'
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
      // The tables do not exist before the first telemetry; validation would fail the first deployment.
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

module budget 'budget.bicep' = if (hasBudget) {
  params: {
    email: email
    amount: monthlyBudget
    start: budgetStart
  }
}

output budgetStart string = hasBudget ? budget!.outputs.start : ''
