using YamlDotNet.RepresentationModel;

namespace Denoised.Tests.Infra;

/// <summary>Reads YAML files for tests.</summary>
internal static class Yaml
{
    public static YamlMappingNode Read(string path)
    {
        using var reader = File.OpenText(path);
        var stream = new YamlStream();
        stream.Load(reader);
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    public static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node[key];

    public static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;
}
