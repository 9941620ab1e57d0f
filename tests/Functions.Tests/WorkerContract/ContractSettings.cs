using Denoised.Simulators.Arxiv;

namespace Denoised.Functions.Tests.WorkerContract;

/// <summary>Settings that the worker and the local program share, so that their responses are comparable.</summary>
internal static class ContractSettings
{
    public const string FunctionKey = "the-key-of-this-test";

    /// <summary>Settings for one storage account.</summary>
    /// <param name="connection">The connection string of the account.</param>
    /// <param name="arxiv">The simulated arXiv, or null for an address without a server.</param>
    public static Dictionary<string, string> For(string connection, ArxivSimulator? arxiv = null)
    {
        var address = arxiv?.Address.ToString() ?? "http://127.0.0.1:1/";
        return new(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = connection,
            ["CollectSchedule"] = "0 0 0 1 1 *",
            ["PurgeSchedule"] = "0 0 0 1 1 *",
            ["Arxiv__FeedAddress"] = address,
            ["Arxiv__ApiAddress"] = address,
            ["Arxiv__PageAddress"] = address,
            ["Arxiv__Categories"] = "cs.LG",
            ["Arxiv__Contact"] = "tests@example.org",
            ["Arxiv__ApiInterval"] = "00:00:00",
            ["Arxiv__PageInterval"] = "00:00:00",
            ["Arxiv__ClockMargin"] = "00:00:00",
            ["Collect__RetentionDays"] = "1",
            ["Collect__LeaseDuration"] = "00:00:05",
            ["Publishing__MinimumInterval"] = "00:00:00",
            ["Publishing__SiteAddress"] = "https://site.example/",
            ["Summarizer__FullText"] = "false",
        };
    }

    /// <summary>Settings of the local program only.</summary>
    public static (string Name, string Value)[] Local(IReadOnlyDictionary<string, string> settings) =>
        [.. settings.Select(setting => (setting.Key, setting.Value)), ("LocalHost__BuildPage", "false"), ("LocalHost__FunctionKey", FunctionKey)];
}
