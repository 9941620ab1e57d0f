using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Denoised.Model;
using Denoised.Simulators;
using Denoised.Storage;

namespace Denoised.Tests.Infra;

public sealed partial class TemplateTests(TemplateFixture template) : IClassFixture<TemplateFixture>
{
    /// <summary>All application settings of the template. AppSettingsTests checks that the code reads each of them.</summary>
    internal static readonly string[] Settings =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AZURE_CLIENT_ID",
        "Arxiv__Categories",
        "Arxiv__Contact",
        "AzureWebJobsStorage__blobServiceUri",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
        "AzureWebJobsStorage__queueServiceUri",
        "AzureWebJobsStorage__tableServiceUri",
        "CollectSchedule",
        "Collect__BackfillWithModel",
        "Collect__RetentionDays",
        "PurgeSchedule",
        "Publishing__ApiAddress",
        "Publishing__ReportErrorsTo",
        "Publishing__SiteAddress",
        "Summarizer__CachedInputPricePerMillion",
        "Summarizer__DailyTokenBudget",
        "Summarizer__Deployment",
        "Summarizer__Endpoint",
        "Summarizer__InputPricePerMillion",
        "Summarizer__Language",
        "Summarizer__ModelRetiresOn",
        "Summarizer__OutputPricePerMillion",
        "Webhook__Address",
        "Webhook__Format",
        "Webhook__Secret",
    ];

    /// <summary>Built-in role id → name, scope and assignee. The description of each assignment explains its purpose.</summary>
    private static readonly Dictionary<string, (string Role, string Scope, string To)> Roles = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = ("Storage Blob Data Owner", "Microsoft.Storage/storageAccounts", "app"),
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = ("Storage Queue Data Contributor", "Microsoft.Storage/storageAccounts", "app"),
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = ("Storage Table Data Contributor", "Microsoft.Storage/storageAccounts", "app"),
        ["5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"] = ("Cognitive Services OpenAI User", "Microsoft.CognitiveServices/accounts", "app"),
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = ("Monitoring Metrics Publisher", "Microsoft.Insights/components", "app"),
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = ("Storage Blob Data Contributor", "Microsoft.Storage/storageAccounts", "deployer"),
        ["c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"] = ("Storage Queue Data Message Sender", "Microsoft.Storage/storageAccounts", "deployer"),
    };

    /// <summary>The metrics that the app writes.</summary>
    private static List<string> Metrics
    {
        get
        {
            // Start() reports all instruments that exist in the process.
            RuntimeHelpers.RunClassConstructor(typeof(Telemetry).TypeHandle);
            var names = new List<string>();
            using var listener = new MeterListener();
            listener.InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                    names.Add(instrument.Name);
            };
            listener.Start();
            names.Sort(StringComparer.Ordinal);
            return names;
        }
    }

    [Fact]
    public void The_template_neither_reads_nor_accepts_keys()
    {
        var text = template.Template.GetRawText();
        foreach (var word in new[] { "listKeys", "listAccountSas", "listServiceSas", "AccountKey", "SharedAccess", "primaryKey", "password" })
            Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);

        Assert.False(Properties("Microsoft.Storage/storageAccounts").GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(Properties("Microsoft.Storage/storageAccounts").GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(Properties("Microsoft.CognitiveServices/accounts").GetProperty("disableLocalAuth").GetBoolean());
        Assert.True(Properties("Microsoft.Insights/components").GetProperty("DisableLocalAuth").GetBoolean());
        Assert.True(Properties("Microsoft.OperationalInsights/workspaces").GetProperty("features").GetProperty("disableLocalAuth").GetBoolean());
        Assert.All(
            template.DeployedOf("Microsoft.Web/sites/basicPublishingCredentialsPolicies"),
            policy => Assert.False(policy.GetProperty("properties").GetProperty("allow").GetBoolean()));
        Assert.Equal(["ftp", "scm"], template.NamesOf("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_endpoint_requires_TLS_1_2()
    {
        Assert.Equal("TLS1_2", Properties("Microsoft.Storage/storageAccounts").GetProperty("minimumTlsVersion").GetString());
        Assert.True(Properties("Microsoft.Storage/storageAccounts").GetProperty("supportsHttpsTrafficOnly").GetBoolean());
        Assert.True(Properties("Microsoft.Web/sites").GetProperty("httpsOnly").GetBoolean());
        Assert.Equal("1.2", Properties("Microsoft.Web/sites").GetProperty("siteConfig").GetProperty("minTlsVersion").GetString());
    }

    [Fact]
    public void Every_role_assignment_is_listed_explained_and_scoped_to_a_resource()
    {
        var found = new List<string>();
        foreach (var assignment in template.DeployedOf("Microsoft.Authorization/roleAssignments"))
        {
            var properties = assignment.GetProperty("properties");
            var roleId = properties.GetProperty("roleDefinitionId").GetString()!.Split('/')[^1];
            Assert.True(Roles.TryGetValue(roleId, out var expected), $"The role {roleId} is assigned but not listed.");
            found.Add(roleId);

            // The identity's principal id is unknown before the deployment, so the name is still an expression: of scope, principal and role.
            var name = assignment.GetProperty("name").GetString()!;
            Assert.True(
                Guid.TryParse(name, out _) || (name.StartsWith("[guid(", StringComparison.Ordinal) && name.EndsWith($"'{roleId}')]", StringComparison.Ordinal)),
                $"'{name}' is not a stable name.");
            Assert.Contains($"/providers/{expected.Scope}/", assignment.GetProperty("id").GetString(), StringComparison.Ordinal);

            var principal = properties.GetProperty("principalId").GetString()!;
            Assert.Equal(expected.To == "app", principal.Contains("outputs.principalId", StringComparison.Ordinal));
            Assert.Equal(expected.To == "app" ? "ServicePrincipal" : "User", properties.GetProperty("principalType").GetString());
            var description = properties.GetProperty("description").GetString()!;
            Assert.StartsWith($"{expected.Role}: ", description, StringComparison.Ordinal);
            Assert.True(description.Length > expected.Role.Length + 10, $"'{description}' does not explain the role.");
        }

        Assert.Equal(Roles.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_an_OpenAI_account_or_a_deployer_their_roles_are_not_assigned()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var snapshot = JsonDocument.Parse(await File.ReadAllTextAsync(BicepTests.SnapshotFile("own-model"), cancellation));
        var resources = snapshot.RootElement.GetProperty("predictedResources").EnumerateArray().ToList();
        Assert.DoesNotContain(resources, resource => resource.GetProperty("type").GetString()!.StartsWith("Microsoft.CognitiveServices", StringComparison.Ordinal));
        var roles = resources.Where(resource => resource.GetProperty("type").GetString() == "Microsoft.Authorization/roleAssignments")
            .Select(resource => resource.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!.Split('/')[^1]);
        Assert.Equal(
            Roles.Where(role => role.Value.To == "app" && !role.Value.Scope.StartsWith("Microsoft.CognitiveServices", StringComparison.Ordinal)).Select(role => role.Key).Order(StringComparer.Ordinal),
            roles.Order(StringComparer.Ordinal));
        var settings = resources.Single(resource => resource.GetProperty("type").GetString() == "Microsoft.Web/sites/config").GetProperty("properties");
        Assert.Equal("https://models.example.org", settings.GetProperty("Summarizer__Endpoint").GetString());
        Assert.Equal("operator@example.org", settings.GetProperty("Arxiv__Contact").GetString());
        Assert.Equal("https://papers.example.org/", settings.GetProperty("Publishing__SiteAddress").GetString());
    }

    [Fact]
    public void The_template_sets_every_application_setting()
    {
        var settings = Properties("Microsoft.Web/sites/config");
        Assert.Equal(Settings.Order(StringComparer.Ordinal), settings.EnumerateObject().Select(setting => setting.Name).Order(StringComparer.Ordinal));
        // App Service accepts strings only and rejects `true` or 7 no earlier than at deployment.
        Assert.All(settings.EnumerateObject(), setting => Assert.Equal(JsonValueKind.String, setting.Value.ValueKind));
        Assert.Equal("0 20 5,13,21 * * *", settings.GetProperty("CollectSchedule").GetString());
        Assert.Equal("0 50 3 * * *", settings.GetProperty("PurgeSchedule").GetString());
        Assert.Equal("managedidentity", settings.GetProperty("AzureWebJobsStorage__credential").GetString());
        Assert.Equal("7", settings.GetProperty("Collect__RetentionDays").GetString());
        // Bicep writes False; .NET parses either case.
        Assert.False(bool.Parse(settings.GetProperty("Collect__BackfillWithModel").GetString()!));
    }

    [Fact]
    public async Task Neither_template_nor_snapshots_contain_a_value_of_the_webhooks_secrets()
    {
        // The only secrets that the template accepts; both may be Key Vault references.
        var secure = template.Template.GetProperty("parameters").EnumerateObject().Where(parameter => parameter.Value.GetProperty("type").GetString()!.StartsWith("secure", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.Equal(["webhookAddress", "webhookSecret"], secure.Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
        Assert.All(secure, parameter => Assert.Equal("", parameter.Value.GetProperty("defaultValue").GetString()));

        Assert.Equal("[parameters('webhookAddress')]", Properties("Microsoft.Web/sites/config").GetProperty("Webhook__Address").GetString());
        Assert.Equal("[parameters('webhookSecret')]", Properties("Microsoft.Web/sites/config").GetProperty("Webhook__Secret").GetString());
        Assert.EndsWith(
            Properties("Microsoft.Web/sites").GetProperty("keyVaultReferenceIdentity").GetString()!.Split('/')[^1],
            Assert.Single(Properties("Microsoft.Web/sites").GetProperty("functionAppConfig").GetProperty("deployment").GetProperty("storage").GetProperty("authentication").EnumerateObject(), property => property.Name == "userAssignedIdentityResourceId").Value.GetString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain("vault.example.org", await File.ReadAllTextAsync(BicepTests.SnapshotFile("own-model"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void Flex_Consumption_settings_that_fail_a_deployment_are_absent()
    {
        // Each of these fails a deployment to Flex Consumption; functionAppConfig replaces them.
        string[] rejected =
        [
            "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_PROCESS_COUNT", "WEBSITE_RUN_FROM_PACKAGE",
            "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_CONTENTSHARE", "SCM_DO_BUILD_DURING_DEPLOYMENT", "ENABLE_ORYX_BUILD",
        ];
        Assert.DoesNotContain(Properties("Microsoft.Web/sites/config").EnumerateObject(), setting => rejected.Contains(setting.Name, StringComparer.OrdinalIgnoreCase));
        var config = Properties("Microsoft.Web/sites").GetProperty("functionAppConfig");
        Assert.Equal("dotnet-isolated", config.GetProperty("runtime").GetProperty("name").GetString());
        Assert.Equal("10.0", config.GetProperty("runtime").GetProperty("version").GetString());
        Assert.Equal("UserAssignedIdentity", config.GetProperty("deployment").GetProperty("storage").GetProperty("authentication").GetProperty("type").GetString());
    }

    [Fact]
    public void Queues_tables_and_containers_are_those_of_the_code()
    {
        Assert.Equal(
            ["collections", "collections-poison", "days", "days-poison", "deliveries", "deliveries-poison", "papers", "papers-poison"],
            template.NamesOf("Microsoft.Storage/storageAccounts/queueServices/queues").Order(StringComparer.Ordinal));
        Assert.Equal(
            TableNames.All.Order(StringComparer.Ordinal),
            template.NamesOf("Microsoft.Storage/storageAccounts/tableServices/tables").Order(StringComparer.Ordinal));
        Assert.Equal(
            ["app-package", "templates"],
            template.NamesOf("Microsoft.Storage/storageAccounts/blobServices/containers").Order(StringComparer.Ordinal));
        // No lifecycle policy deletes blobs, so the current page template stays; soft delete keeps what the app deletes for a week.
        Assert.Empty(template.DeployedOf("Microsoft.Storage/storageAccounts/managementPolicies"));
        Assert.All(
            (string[])["deleteRetentionPolicy", "containerDeleteRetentionPolicy"],
            policy => Assert.Equal("""{"enabled":true,"days":7}""", Properties("Microsoft.Storage/storageAccounts/blobServices").GetProperty(policy).GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings("")));
        var website = Properties("Microsoft.Storage/storageAccounts/blobServices").GetProperty("staticWebsite");
        Assert.True(website.GetProperty("enabled").GetBoolean());
        Assert.Equal("index.html", website.GetProperty("indexDocument").GetString());
        Assert.Equal("404.html", website.GetProperty("errorDocument404Path").GetString());
    }

    [Fact]
    public void The_app_starts_after_its_roles()
    {
        var app = template.Template.GetProperty("resources").GetProperty("app");
        Assert.Contains("roles", app.GetProperty("dependsOn").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void Azd_offers_the_regions_with_quota_for_the_model_that_is_deployed()
    {
        var parameters = template.Template.GetProperty("parameters");
        var usage = parameters.GetProperty("modelLocation").GetProperty("metadata").GetProperty("azd").GetProperty("usageName");
        Assert.Equal($"OpenAI.{DefaultOf("modelSku")}.{DefaultOf("modelName")},1", Assert.Single(usage.EnumerateArray()).GetString());
        Assert.False(parameters.GetProperty("modelLocation").TryGetProperty("defaultValue", out _), "With a default value azd neither asks nor checks quota.");
    }

    [Fact]
    public void Azd_offers_only_regions_of_the_Flex_Consumption_plan()
    {
        var allowed = template.Template.GetProperty("parameters").GetProperty("location").GetProperty("allowedValues").EnumerateArray().Select(region => region.GetString()!).ToList();
        Assert.Equal(allowed.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal), allowed);
        Assert.All(allowed, region => Assert.Matches("^[a-z]+[0-9]?$", region));
        Assert.Contains("swedencentral", allowed);
        // These regions have Azure Functions, but not this plan.
        Assert.DoesNotContain("chinaeast", allowed);
        Assert.DoesNotContain("westindia", allowed);
    }

    [Fact]
    public void A_retired_model_is_upgraded_and_the_app_knows_the_date()
    {
        Assert.Equal("OnceCurrentVersionExpired", Properties("Microsoft.CognitiveServices/accounts/deployments").GetProperty("versionUpgradeOption").GetString());
        var retirement = DateOnly.ParseExact(Properties("Microsoft.Web/sites/config").GetProperty("Summarizer__ModelRetiresOn").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.True(retirement > DateOnly.ParseExact(DefaultOf("modelVersion"), "yyyy-MM-dd", CultureInfo.InvariantCulture), "The retirement date is not after the version's date.");
    }

    [Fact]
    public void The_model_and_its_prices_are_those_of_the_code()
    {
        var code = new SummarizerOptions();
        Assert.Equal(
            (DefaultOf("modelName"), DefaultOf("inputPrice"), DefaultOf("cachedInputPrice"), DefaultOf("outputPrice"), DefaultOf("dailyTokenBudget"), DefaultOf("summaryLanguage")),
            (code.Deployment, Text(code.InputPricePerMillion), Text(code.CachedInputPricePerMillion), code.OutputPricePerMillion.ToString("F2", CultureInfo.InvariantCulture), Text(code.DailyTokenBudget), code.Language));

        static string Text(IFormattable value) => value.ToString(format: null, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_budget_keeps_the_start_date_of_the_first_deployment()
    {
        using var snapshot = JsonDocument.Parse(await File.ReadAllTextAsync(BicepTests.SnapshotFile("own-model"), TestContext.Current.CancellationToken));
        var budget = snapshot.RootElement.GetProperty("predictedResources").EnumerateArray().Single(resource => resource.GetProperty("type").GetString() == "Microsoft.Consumption/budgets").GetProperty("properties");
        Assert.Equal("2026-11-01", budget.GetProperty("timePeriod").GetProperty("startDate").GetString());
        Assert.Contains("outputs.budgetStart.value", snapshot.RootElement.GetProperty("outputs").GetProperty("DENOISED_BUDGET_START").GetString(), StringComparison.Ordinal);
        Assert.All(
            budget.GetProperty("notifications").EnumerateObject(),
            notification => Assert.Equal("operator@example.org", Assert.Single(notification.Value.GetProperty("contactEmails").EnumerateArray()).GetString()));

        // No e-mail address, no budget.
        Assert.Empty(template.DeployedOf("Microsoft.Consumption/budgets"));
    }

    [Fact]
    public void An_instance_has_enough_memory_and_takes_concurrent_requests()
    {
        var scale = Properties("Microsoft.Web/sites").GetProperty("functionAppConfig").GetProperty("scaleAndConcurrency");
        Assert.Equal(100, scale.GetProperty("triggers").GetProperty("http").GetProperty("perInstanceConcurrency").GetInt32());
        Assert.Equal(2048, scale.GetProperty("instanceMemoryMB").GetInt32());
        // Host and worker together were measured at up to 1,070 MB.
        Assert.All(template.Template.GetProperty("parameters").GetProperty("instanceMemoryMB").GetProperty("allowedValues").EnumerateArray(), memory => Assert.True(memory.GetInt32() > 1_070));
    }

    [Fact]
    public async Task The_cost_script_counts_every_alert()
    {
        var script = await File.ReadAllTextAsync(RepositoryFolder.PathOf("infra", "cost.cs"), TestContext.Current.CancellationToken);
        Assert.Contains($"AlertRules = {template.DeployedOf("Microsoft.Insights/scheduledQueryRules").Count()};", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameter_has_a_description()
    {
        Assert.All(
            template.Template.GetProperty("parameters").EnumerateObject(),
            parameter => Assert.True(parameter.Value.GetProperty("metadata").GetProperty("description").GetString()!.Length > 10, parameter.Name));
        Assert.InRange(template.Template.GetProperty("parameters").EnumerateObject().Count(), 3, 35);
    }

    [Fact]
    public async Task Alerts_and_workbook_query_metrics_that_the_app_writes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var workbook = await File.ReadAllTextAsync(RepositoryFolder.PathOf("infra", "workbook.json"), cancellation);
        using var parsed = JsonDocument.Parse(workbook);
        Assert.Contains("{component-id}", workbook, StringComparison.Ordinal);
        var queries = template.DeployedOf("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0].GetProperty("query").GetString()!)
            .ToList();
        Assert.Contains(queries, query => query.Contains("cost > 10\n", StringComparison.Ordinal));
        var queried = queries.Where(query => query.StartsWith("AppMetrics\n", StringComparison.Ordinal)).Select(query => Assert.Single(MetricName().Matches(query).Select(match => match.Value).Distinct(StringComparer.Ordinal)));
        Assert.Equal(
            ["denoised.collection.completed", "denoised.cost", "denoised.messages.discarded", "denoised.papers.extractive", "denoised.papers.failed", "denoised.publication.lag", "denoised.queue.oldest"],
            queried.Order(StringComparer.Ordinal));
        Assert.Equal(Metrics, MetricName().Matches(workbook).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"denoised\.[a-z]+(\.[a-z]+)?(?=')", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetricName();

    private string DefaultOf(string parameter) => template.Template.GetProperty("parameters").GetProperty(parameter).GetProperty("defaultValue").ToString();

    private JsonElement Properties(string type) => Assert.Single(template.DeployedOf(type)).GetProperty("properties");
}
