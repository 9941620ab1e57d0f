using System.Text.Json;
using System.Text.RegularExpressions;
using Denoised.Simulators;
using YamlDotNet.RepresentationModel;

namespace Denoised.Tests.Infra;

/// <summary>The rules that infra/ps-rule.yaml and infra/checkov.yaml suppress: each has a reason in docs/suppressed-rules.md and is still broken.</summary>
public sealed partial class SuppressedRulesTests(TemplateFixture template) : IClassFixture<TemplateFixture>
{
    private const string Site = "Microsoft.Web/sites";
    private const string SiteConfig = "Microsoft.Web/sites/config";
    private const string Plan = "Microsoft.Web/serverfarms";
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string OpenAi = "Microsoft.CognitiveServices/accounts";

    /// <summary>Rule → the resource type and property that it checks, and the value that breaks it (null: the property is absent).</summary>
    private static readonly Dictionary<string, (string Type, string Property, string? Value)> Broken = new(StringComparer.Ordinal)
    {
        ["Azure.AI.PrivateEndpoints"] = (OpenAi, "properties.publicNetworkAccess", "Enabled"),
        ["Azure.AI.PublicAccess"] = (OpenAi, "properties.networkAcls", null),
        ["Azure.AppService.PlanInstanceCount"] = (Plan, "sku.capacity", null),
        ["Azure.Log.Replication"] = ("Microsoft.OperationalInsights/workspaces", "properties.replication", null),
        ["Azure.Storage.Firewall"] = (Storage, "properties.networkAcls", null),
        ["Azure.Storage.UseReplication"] = (Storage, "sku.name", "Standard_LRS"),
        ["CKV_AZURE_13"] = (SiteConfig, "properties.enabled", null),
        ["CKV_AZURE_17"] = (Site, "properties.clientCertEnabled", null),
        ["CKV_AZURE_35"] = (Storage, "properties.networkAcls", null),
        ["CKV_AZURE_57"] = (Site, "properties.siteConfig.cors.allowedOrigins", "[\"*\"]"),
        ["CKV_AZURE_59"] = (Storage, "properties.publicNetworkAccess", "Enabled"),
        ["CKV_AZURE_62"] = (Site, "properties.siteConfig.cors.allowedOrigins", "[\"*\"]"),
        ["CKV_AZURE_63"] = (SiteConfig, "properties.httpLoggingEnabled", null),
        ["CKV_AZURE_65"] = (SiteConfig, "properties.detailedErrorLoggingEnabled", null),
        ["CKV_AZURE_66"] = (SiteConfig, "properties.requestTracingEnabled", null),
        ["CKV_AZURE_78"] = (Site, "properties.siteConfig.ftpsState", null),
        ["CKV_AZURE_80"] = (SiteConfig, "properties.netFrameworkVersion", null),
        ["CKV_AZURE_88"] = (SiteConfig, "properties.azureStorageAccounts", null),
        ["CKV_AZURE_134"] = (OpenAi, "properties.publicNetworkAccess", "Enabled"),
        ["CKV_AZURE_206"] = (Storage, "sku.name", "Standard_LRS"),
        ["CKV_AZURE_212"] = (Site, "properties.siteConfig.numberOfWorkers", null),
        ["CKV_AZURE_213"] = (Site, "properties.siteConfig.healthCheckPath", null),
        ["CKV_AZURE_222"] = (Site, "properties.publicNetworkAccess", null),
        ["CKV_AZURE_225"] = (Plan, "properties.zoneRedundant", null),
        ["CKV_AZURE_238"] = (OpenAi, "identity", null),
    };

    private static IEnumerable<string> Suppressed
    {
        get
        {
            var psRule = (YamlSequenceNode)Yaml.Map(Yaml.Read(RepositoryFolder.PathOf("infra", "ps-rule.yaml")), "rule")["exclude"];
            var checkov = (YamlSequenceNode)Yaml.Read(RepositoryFolder.PathOf("infra", "checkov.yaml"))["skip-check"];
            return psRule.Concat(checkov).Select(node => ((YamlScalarNode)node).Value!);
        }
    }

    [Fact]
    public async Task Each_suppressed_rule_has_a_reason_in_the_docs()
    {
        var lines = await File.ReadAllLinesAsync(RepositoryFolder.PathOf("docs", "suppressed-rules.md"), TestContext.Current.CancellationToken);
        var rows = lines.Select(line => Row().Match(line)).Where(row => row.Success).ToList();
        Assert.Equal(Suppressed, rows.Select(row => row.Groups["rule"].Value));
        Assert.All(rows, row => Assert.True(row.Groups["reason"].Value.Trim().Length >= "The same.".Length, $"{row.Groups["rule"].Value} has no reason."));
    }

    [Fact]
    public void Each_suppressed_rule_is_still_broken()
    {
        Assert.Equal(Broken.Keys, Suppressed);
        Assert.All(Broken, rule => Assert.Equal(rule.Value.Value, ValueOf(Assert.Single(template.DeployedOf(rule.Value.Type)), rule.Value.Property)));
    }

    private static string? ValueOf(JsonElement resource, string property)
    {
        foreach (var part in property.Split('.'))
        {
            if (!resource.TryGetProperty(part, out resource))
                return null;
        }

        return resource.ValueKind == JsonValueKind.String ? resource.GetString() : string.Concat(resource.GetRawText().Where(character => !char.IsWhiteSpace(character)));
    }

    [GeneratedRegex(@"^\| (?<rule>(Azure\.|CKV)\S+) \| [^|]+ \| (?<reason>[^|]+) \|$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
