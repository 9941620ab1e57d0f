// A message when the month becomes dearer than planned. Costs arrive hours late, and nothing is stopped: that is what dailyTokenBudget does.

param email string
@description('In the currency of the bill.')
param amount int
@description('First day of a month, yyyy-MM-dd.')
param start string

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: 'denoised'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: start
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
