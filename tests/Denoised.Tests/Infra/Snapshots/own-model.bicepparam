// The other branch of every choice: a model of one's own, a pipeline that deploys for nobody, alerts by mail.
using '../../../../infra/main.bicep'

param environmentName = 'Own-Model.'
param location = 'westeurope'
param modelLocation = 'westeurope'
param modelEndpoint = 'https://models.example.org'
param modelName = 'local-model'
param alertEmail = 'operator@example.org'
param customAddress = 'https://papers.example.org/'
param contact = 'operator@example.org'
param backfillWithModel = true
param webhookFormat = 'Teams'
param webhookAddress = '@Microsoft.KeyVault(SecretUri=https://vault.example.org/secrets/webhook)'
param budgetStart = '2026-11-01'
