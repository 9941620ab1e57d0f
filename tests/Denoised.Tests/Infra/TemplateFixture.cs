using System.Text.Json;

namespace Denoised.Tests.Infra;

/// <summary>The compiled template and the snapshot of its default deployment, shared by all tests of a class.</summary>
public sealed class TemplateFixture : IAsyncLifetime
{
    private JsonDocument? template;
    private JsonDocument? deployed;

    /// <summary>The ARM template.</summary>
    public JsonElement Template => template!.RootElement;

    /// <summary>The resources of the committed snapshot <c>default</c>, each with <c>type</c>, <c>name</c>, <c>properties</c> …</summary>
    public IReadOnlyList<JsonElement> Deployed => [.. deployed!.RootElement.GetProperty("predictedResources").EnumerateArray()];

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        template = await Bicep.CompileAsync();
        deployed = JsonDocument.Parse(await File.ReadAllTextAsync(BicepTests.SnapshotFile("default"), cancellation));
    }

    public ValueTask DisposeAsync()
    {
        deployed?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The resources of a type.</summary>
    public IEnumerable<JsonElement> DeployedOf(string type) => Deployed.Where(resource => resource.GetProperty("type").GetString() == type);

    /// <summary>The last part of the names of a type's resources: <c>papers</c> of <c>st…/default/papers</c>.</summary>
    public IEnumerable<string> NamesOf(string type) => DeployedOf(type).Select(resource => resource.GetProperty("name").GetString()!.Split('/')[^1]);
}
