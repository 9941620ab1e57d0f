// E-mails the operator when the month's cost exceeds the budget. Cost data arrives hours late and nothing is stopped; dailyTokenBudget does that.

param email string
@description('In the billing currency.')
param amount int
@description('First day of a month, yyyy-MM-dd. Empty: the current month.')
param start string
@description('Do not pass: Bicep allows utcNow only in a default value.')
param firstOfMonth string = utcNow('yyyy-MM-01')

var startDate = empty(start) ? firstOfMonth : start

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: 'denoised'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: startDate
    }
    notifications: {
      reached: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Actual'
        contactEmails: [email]
      }
      forecast: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 120
        thresholdType: 'Forecasted'
        contactEmails: [email]
      }
    }
  }
}

output start string = startDate
