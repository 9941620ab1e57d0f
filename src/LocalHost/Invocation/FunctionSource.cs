using System.Reflection;

namespace Denoised.LocalHost.Invocation;

/// <summary>The source of an application's functions and settings.</summary>
/// <param name="Types">The types to search for methods with the function attribute.</param>
/// <param name="Folder">The folder of host.json and local.settings.json.</param>
internal sealed record FunctionSource(IReadOnlyList<Type> Types, string Folder)
{
    /// <summary>Uses all types of an assembly and the files in its folder.</summary>
    public static FunctionSource Of(Assembly assembly) =>
        new(assembly.GetTypes(), Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory);
}
