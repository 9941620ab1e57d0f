using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Denoised.Tests.Infra;

/// <summary>
/// The rules of azd's schema (schemas/v1.0/azure.yaml.json in github.com/Azure/azure-dev, read at azd 1.31.2) for the keys that azure.yaml uses.
/// Stricter in one point: the schema accepts unknown keys in the root, in services and in infra. azd ignores them, so a misspelt key has no effect.
/// </summary>
internal static partial class AzdSchema
{
    private static readonly string[] RootKeys =
        ["name", "resourceGroup", "metadata", "infra", "services", "resources", "pipeline", "hooks", "requiredVersions", "state", "platform", "workflows", "cloud"];

    private static readonly string[] ServiceKeys =
        ["resourceGroup", "resourceName", "project", "image", "host", "language", "module", "dist", "remoteBuild", "docker", "config", "uses", "hooks"];

    private static readonly string[] HookKeys =
        ["shell", "kind", "dir", "run", "continueOnError", "interactive", "windows", "posix", "secrets", "config"];

    private static readonly string[] Commands = ["provision", "infracreate", "infradelete", "down", "up", "package", "publish", "deploy", "restore"];

    private static readonly string[] Shells = ["sh", "pwsh"];

    private static readonly string[] Kinds = ["sh", "pwsh", "js", "ts", "python", "dotnet"];

    /// <summary>Each violation as <c>path: reason</c>. Empty for a valid file.</summary>
    public static IReadOnlyList<string> Violations(YamlMappingNode file)
    {
        var found = new List<string>();
        Unknown(found, "azure.yaml", file, RootKeys);
        if (Text(file, "name") is not { Length: >= 2 } name || !Name().IsMatch(name))
            found.Add("name: required, two or more of a-z, 0-9 and hyphens, no hyphen at an end");
        if (Map(file, "metadata") is { } metadata)
            Unknown(found, "metadata", metadata, ["template"]);
        if (Map(file, "infra") is { } infra)
            Infra(found, infra);
        if (Map(file, "requiredVersions") is { } versions)
            Unknown(found, "requiredVersions", versions, ["azd", "extensions"]);
        if (Map(file, "pipeline") is { } pipeline)
            Pipeline(found, pipeline);
        if (Map(file, "services") is { } services)
            Services(found, services);
        if (Map(file, "hooks") is { } hooks)
            Hooks(found, hooks);
        return found;
    }

    private static void Infra(List<string> found, YamlMappingNode infra)
    {
        Unknown(found, "infra", infra, ["provider", "path", "module", "layers"]);
        if (Has(infra, "layers") && (Has(infra, "path") || Has(infra, "module")))
            found.Add("infra: layers exclude path and module");
    }

    private static void Pipeline(List<string> found, YamlMappingNode pipeline)
    {
        Unknown(found, "pipeline", pipeline, ["provider", "variables", "secrets"]);
        if (Has(pipeline, "provider") && Text(pipeline, "provider") is not ("github" or "azdo"))
            found.Add("pipeline.provider: github or azdo");
        foreach (var key in (string[])["variables", "secrets"])
        {
            if (Has(pipeline, key) && (pipeline[key] is not YamlSequenceNode list || list.Any(item => item is not YamlScalarNode)))
                found.Add($"pipeline.{key}: a list of names");
        }
    }

    private static void Services(List<string> found, YamlMappingNode services)
    {
        if (services.Children.Count == 0)
            found.Add("services: at least one");
        foreach (var (key, node) in services.Children)
        {
            var path = $"services.{key}";
            if (node is not YamlMappingNode service || Text(service, "host") != "function")
            {
                found.Add($"{path}.host: required; only the rules of function are known here");
                continue;
            }

            // k8s, apiVersion and env are not in the list: the schema refuses them for a function app.
            Unknown(found, path, service, ServiceKeys);
            if (Has(service, "project") == Has(service, "image"))
                found.Add($"{path}: either project or image");
            if (Has(service, "image") && Text(service, "language") is not (null or "docker"))
                found.Add($"{path}.language: an image is docker");
            if (Has(service, "remoteBuild") && (Text(service, "remoteBuild") is not ("true" or "false") || Text(service, "language") == "docker"))
                found.Add($"{path}.remoteBuild: true or false, and not for docker");
        }
    }

    private static void Hooks(List<string> found, YamlMappingNode hooks)
    {
        Unknown(found, "hooks", hooks, [.. Commands.SelectMany(command => new[] { $"pre{command}", $"post{command}" })]);
        foreach (var (key, node) in hooks.Children)
        {
            // One hook, or a list of them.
            foreach (var (hook, index) in (node is YamlSequenceNode list ? list : [node]).Select((hook, index) => (hook, index)))
                Hook(found, $"hooks.{key}[{index}]", hook);
        }
    }

    private static void Hook(List<string> found, string path, YamlNode node)
    {
        if (node is not YamlMappingNode hook)
        {
            found.Add($"{path}: a mapping");
            return;
        }

        Unknown(found, path, hook, HookKeys);
        var isForBothSystems = Has(hook, "windows") && Has(hook, "posix");
        if (isForBothSystems && hook.Children.Count > 2)
            found.Add($"{path}: nothing beside windows and posix");
        if (!isForBothSystems && !Has(hook, "run") && HookKeys.Except(["run", "windows", "posix"]).Any(key => Has(hook, key)))
            found.Add($"{path}.run: required");
        if (Has(hook, "shell") && !Shells.Contains(Text(hook, "shell"), StringComparer.Ordinal))
            found.Add($"{path}.shell: sh or pwsh");
        if (Has(hook, "kind") && !Kinds.Contains(Text(hook, "kind"), StringComparer.Ordinal))
            found.Add($"{path}.kind: one of {string.Join(", ", Kinds)}");
        // Only a path of a script tells azd its shell; a command has to name it.
        if (Text(hook, "run") is { } run && run.Contains(' ', StringComparison.Ordinal) && !Has(hook, "shell"))
            found.Add($"{path}.shell: required for a command");
        foreach (var flag in (string[])["interactive", "continueOnError"])
        {
            if (Has(hook, flag) && Text(hook, flag) is not ("true" or "false"))
                found.Add($"{path}.{flag}: true or false");
        }

        foreach (var system in (string[])["windows", "posix"])
        {
            if (Has(hook, system))
                Hook(found, $"{path}.{system}", hook[system]);
        }
    }

    private static void Unknown(List<string> found, string path, YamlMappingNode node, string[] known) =>
        found.AddRange(node.Children.Keys.Select(key => ((YamlScalarNode)key).Value!).Except(known, StringComparer.Ordinal).Select(key => $"{path}: unknown key {key}"));

    private static bool Has(YamlMappingNode node, string key) => node.Children.ContainsKey(key);

    private static YamlMappingNode? Map(YamlMappingNode node, string key) => Has(node, key) ? node[key] as YamlMappingNode : null;

    private static string? Text(YamlMappingNode node, string key) => Has(node, key) ? (node[key] as YamlScalarNode)?.Value : null;

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
