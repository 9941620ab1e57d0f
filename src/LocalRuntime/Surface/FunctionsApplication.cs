using System.Reflection;
using System.Runtime.CompilerServices;
using Denoised.LocalRuntime.Invocation;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a program of functions begins.</summary>
public static class FunctionsApplication
{
    /// <summary>Begins an application of the functions of the calling assembly, with the host.json and local.settings.json beside it.</summary>
    /// <param name="args">The command line: <c>--Key=value</c> is configuration and wins over environment and local.settings.json.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args, FunctionSource.Of(Assembly.GetCallingAssembly()));

    /// <summary>Begins an application of chosen functions, for tests.</summary>
    internal static FunctionsApplicationBuilder CreateBuilder(string[] args, FunctionSource source) => new(args, source);
}
