using System.Net;
using Denoised.Functions.Tests.LocalHost;
using Denoised.Simulators.FunctionsHost;

namespace Denoised.Functions.Tests.WorkerContract;

/// <summary>The published worker behind a Functions host, after its first response.</summary>
internal static class WarmWorker
{
    /// <summary>Starts the worker and its host.</summary>
    /// <remarks>
    /// The worker waits five seconds for the invocation that belongs to an HTTP request. On a busy machine the first request takes longer, because the
    /// runtime compiles its code. The request that is repeated here does not access storage.
    /// </remarks>
    public static async Task<FunctionsHostSimulator> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken stop, string? program = null)
    {
        program ??= await PublishedProgram.PathAsync();
        var host = await FunctionsHostSimulator.StartAsync(new FunctionsHostOptions { Program = program, Settings = settings, FunctionKey = ContractSettings.FunctionKey }, stop);
        using var http = new HttpClient { BaseAddress = host.Address };
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await http.GetAsync(new Uri("api/openapi.json", UriKind.Relative), stop);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            "the worker answers");
        return host;
    }
}
