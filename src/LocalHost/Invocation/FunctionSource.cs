using System.Reflection;

namespace Denoised.LocalHost.Invocation;

/// <summary>Where an application's functions and settings come from.</summary>
/// <param name="Types">The types whose methods are functions where they carry the attribute.</param>
/// <param name="Folder">The folder of host.json and local.settings.json.</param>
internal sealed record FunctionSource(IReadOnlyList<Type> Types, string Folder)
{
    /// <summary>All functions of an assembly, with the files beside it.</summary>
    public static FunctionSource Of(Assembly assembly) =>
        new(assembly.GetTypes(), Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory);
}
