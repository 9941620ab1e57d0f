// A message when the month becomes dearer than planned. Costs arrive hours late, and nothing is stopped: that is what dailyTokenBudget does.

param email string
@description('In the currency of the bill.')
param amount int
@description('First day of a month, yyyy-MM-dd. Empty: that of this month.')
param start string
@description('Not to be set: only a default may ask for the date.')
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
