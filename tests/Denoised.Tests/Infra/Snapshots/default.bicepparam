// What `azd up` deploys when nothing is said but where.
using '../../../../infra/main.bicep'

param environmentName = 'denoised'
param location = 'swedencentral'
param modelLocation = 'swedencentral'
param principalId = '11111111-1111-1111-1111-111111111111'
