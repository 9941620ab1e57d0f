using System.Text.Json;
using System.Text.RegularExpressions;
using Denoised.Simulators;

namespace Denoised.Tests.Infra;

public sealed class ResourceNameTests
{
    // azd accepts 1 to 64 letters, digits, hyphens, underscores, periods and parentheses.
    private static readonly string[] OddNames =
    [
        "a",
        "7",
        "-",
        "denoised",
        "DENOISED-PROD",
        "ends.with.a.period.",
        "(parentheses)_and_underscores",
        "--------",
        new string('x', 64),
        new string('Z', 63) + ".",
    ];

    /// <summary>From Microsoft's "Naming rules and restrictions for Azure resources".</summary>
    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["Microsoft.Resources/resourceGroups"] = @"^[-\w\.\(\)]{0,89}[-\w\(\)]$",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "^[A-Za-z0-9][-A-Za-z0-9_]{2,127}$",
        ["Microsoft.OperationalInsights/workspaces"] = "^[A-Za-z0-9][-A-Za-z0-9]{2,61}[A-Za-z0-9]$",
        ["Microsoft.Insights/components"] = @"^[^%&\\?/]{0,254}[^%&\\?/ \.]$",
        ["Microsoft.Storage/storageAccounts"] = "^[a-z0-9]{3,24}$",
        ["Microsoft.CognitiveServices/accounts"] = "^[A-Za-z0-9][-A-Za-z0-9]{0,62}[A-Za-z0-9]$",
        ["Microsoft.Web/serverfarms"] = "^[-A-Za-z0-9]{1,60}$",
        ["Microsoft.Web/sites"] = "^[A-Za-z0-9][-A-Za-z0-9]{0,58}[A-Za-z0-9]$",
        ["Microsoft.Storage/storageAccounts/queueServices/queues"] = "^(?!.*--)[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$",
        ["Microsoft.Storage/storageAccounts/tableServices/tables"] = "^[A-Za-z][A-Za-z0-9]{2,62}$",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "^(?!.*--)[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$",
        ["Microsoft.Insights/actionGroups"] = @"^[^:<>+/&%\\?|]{0,259}[^:<>+/&%\\?| \.]$",
        ["Microsoft.Insights/scheduledQueryRules"] = @"^[^*<>%{}&:\\?/#]{0,259}[^*<>%{}&:\\?/# \.]$",
    };

    private const string EveryName = """
        targetScope = 'subscription'

        param environments string[]

        module one 'MAIN' = [
          for (environment, i) in environments: {
            name: 'environment-${i}'
            params: {
              environmentName: environment
              location: 'swedencentral'
              modelLocation: 'swedencentral'
              principalId: '11111111-1111-1111-1111-111111111111'
              alertEmail: 'operator@example.org'
            }
          }
        ]
        """;

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Every_environment_name_gives_valid_resource_names()
    {
        var cancellation = TestContext.Current.CancellationToken;
        // Inside the repository: Bicep needs a relative path, which cannot cross drives.
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "names")).FullName;
        var main = Path.GetRelativePath(folder, RepositoryFolder.PathOf("infra", "main.bicep")).Replace('\\', '/');
        await File.WriteAllTextAsync(
            Path.Combine(folder, "names.bicep"),
            EveryName.Replace("MAIN", main, StringComparison.Ordinal),
            cancellation);
        var environments = string.Join('\n', OddNames.Select(name => $"  '{name}'"));
        var parameters = Path.Combine(folder, "names.bicepparam");
        await File.WriteAllTextAsync(parameters, $"using 'names.bicep'\n\nparam environments = [\n{environments}\n]\n", cancellation);

        (await Bicep.SnapshotAsync(parameters, "overwrite", cancellation)).WithoutDiagnostics();
        using var snapshot = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "names.snapshot.json"), cancellation));
        var named = snapshot.RootElement.GetProperty("predictedResources").EnumerateArray()
            .Select(resource => (Type: resource.GetProperty("type").GetString()!, Name: resource.GetProperty("name").GetString()!.Split('/')[^1]))
            .Where(resource => Rules.ContainsKey(resource.Type))
            .ToList();

        Assert.Equal(Rules.Keys.Order(StringComparer.Ordinal), named.Select(resource => resource.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(named, resource => Assert.Matches(new Regex(Rules[resource.Type], RegexOptions.None, TimeSpan.FromSeconds(1)), resource.Name));
        // Environments of one subscription do not collide, even where names are case-insensitive or globally unique.
        foreach (var type in new[] { "Microsoft.Storage/storageAccounts", "Microsoft.Web/sites", "Microsoft.CognitiveServices/accounts" })
            Assert.Equal(OddNames.Length, named.Where(resource => resource.Type == type).Select(resource => resource.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
