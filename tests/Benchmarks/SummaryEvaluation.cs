using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.LocalHost.Emulator;
using Denoised.Model;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;
using Denoised.Summaries;
using Denoised.Summaries.Checks;
using Denoised.TestSupport.Digests;
using Denoised.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Denoised.Benchmarks;

/// <summary>
/// Has a summarizer write a digest of every paper of a folder and measures them: quotes, numbers and names that stand in the paper letter by letter (plainly
/// looked up here, beside the tally of the product's own checks), compression, tokens, cost, time, and the tags' F1 where the folder has reference tags.
/// The summarizer is a model at an address, else the simulated model, or the extractive rules.
/// </summary>
internal static partial class SummaryEvaluation
{
    public const string Usage = "evaluate <folder or file.json> [--extractive] [--endpoint URL] [--deployment NAME] [--key KEY] [--tokens N] [--out folder]";

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (args.Length == 0 || !Path.Exists(args[0]) || args.Length > 1 && !args[1].StartsWith("--", StringComparison.Ordinal))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var endpoint = Option(args, "--endpoint");
        await using var simulator = endpoint is null ? await OpenAiSimulator.StartAsync(ct: cancellationToken) : null;
        var options = new SummarizerOptions
        {
            Endpoint = endpoint ?? simulator!.Endpoint.ToString(),
            Deployment = Option(args, "--deployment") ?? new SummarizerOptions().Deployment,
            Key = Option(args, "--key") ?? (endpoint is null ? "simulated" : null),
            TextTokens = Option(args, "--tokens") is { } tokens ? int.Parse(tokens, CultureInfo.InvariantCulture) : new SummarizerOptions().TextTokens,
            DailyTokenBudget = long.MaxValue / 4,
        };

        var papers = await ReadAsync(args[0], options.TextTokens, cancellationToken);
        List<Measured> written = [];
        if (args.Contains("--extractive", StringComparer.Ordinal))
        {
            Console.WriteLine($"{papers.Count} papers, extractive rules {ExtractiveSummarizer.Version}");
            foreach (var given in papers)
            {
                var start = Stopwatch.GetTimestamp();
                var summary = ExtractiveSummarizer.Summarize(given.Paper, DateTimeOffset.UnixEpoch);
                written.Add(Report(given, summary, Stopwatch.GetElapsedTime(start)));
            }
        }
        else
        {
            Console.WriteLine($"{papers.Count} papers, {options.Deployment} at {(endpoint is null ? "a simulated service: its figures are no model's" : endpoint)}, prompt {SummaryPrompt.Version}, at most {options.TextTokens} tokens of a paper");
            await using var storage = await AzuriteProcess.StartAsync(new AzuriteOptions { ExtraAccounts = 1 }, Console.Error.WriteLine, cancellationToken);
            TableServiceClient tables = new(storage.TakeAccount());
            await tables.CreateTableIfNotExistsAsync(TableNames.Coordination, cancellationToken);
            await using var services = new ServiceCollection().AddSingleton<TokenCredential>(_ => new DefaultAzureCredential()).BuildServiceProvider();
            var settings = Options.Create(options);
            TokenBudget budget = new(tables, settings, TimeProvider.System, NullLogger<TokenBudget>.Instance);
            BudgetedModelClient calls = new(new ModelClient(settings, services, TimeProvider.System, NullLogger<ModelClient>.Instance), new ModelRateLimiter(tables, TimeProvider.System), budget, settings, TimeProvider.System);
            ModelSummarizer summarizer = new(calls, new Verifier(calls, settings, TimeProvider.System), settings, TimeProvider.System);
            foreach (var given in papers)
            {
                var start = Stopwatch.GetTimestamp();
                var (summary, otherwise) = await summarizer.SummarizeAsync(given.Paper, given.Text, cancellationToken);
                if (summary is not null)
                    written.Add(Report(given, summary, Stopwatch.GetElapsedTime(start)));
                else
                    Console.WriteLine($"{given.Name,-42} none: {otherwise}");
            }
        }

        if (Option(args, "--out") is { } folder)
            await WriteAsync(folder, written, cancellationToken);
        Conclude(papers.Count, written);
        return written.Count == papers.Count && papers.Count > 0 ? 0 : 1;
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;

    private static async Task<List<Given>> ReadAsync(string path, int textTokens, CancellationToken cancellationToken)
    {
        List<Given> papers = [];
        if (Directory.Exists(path))
        {
            foreach (var (name, text) in await PaperFiles.ReadAsync(path, cancellationToken))
            {
                // A file says nothing of identifier and categories; the name may.
                Paper paper = new()
                {
                    Id = ArxivId.TryParse(FileId().Match(Path.GetFileName(name)).Value, out var id) ? id : ArxivId.Parse(string.Create(CultureInfo.InvariantCulture, $"2601.{papers.Count + 1:00000}")),
                    Title = text.Title,
                    Authors = [],
                    Abstract = text.Abstract,
                    PrimaryCategory = "cs.LG",
                    Categories = ["cs.LG"],
                };
                papers.Add(new Given(name, paper, new ModelInput(text.Source, TextSelection.Of(text, textTokens).Numbered, [], text), []));
            }
        }

        string[] files = File.Exists(path) ? [path] : [.. Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (var file in files)
            papers.AddRange(Labelled(await File.ReadAllTextAsync(file, cancellationToken)));
        return papers;
    }

    /// <summary>Papers with reference tags: <c>[ { "arxiv": { id, title, abstract, categories }, "seed": { tags } } ]</c>.</summary>
    private static List<Given> Labelled(string json)
    {
        using var document = JsonDocument.Parse(json);
        List<Given> papers = [];
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            return papers;
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            if (!entry.TryGetProperty("arxiv", out var arxiv))
                continue;
            var categories = arxiv.GetProperty("categories").EnumerateArray().Select(category => category.GetString()!).ToList();
            Paper paper = new()
            {
                Id = ArxivId.Parse(arxiv.GetProperty("id").GetString()!),
                Title = arxiv.GetProperty("title").GetString()!,
                Authors = [],
                Abstract = arxiv.GetProperty("abstract").GetString()!,
                PrimaryCategory = categories[0],
                Categories = categories,
            };
            var tags = entry.TryGetProperty("seed", out var seed) && seed.TryGetProperty("tags", out var labels) ? labels.EnumerateArray().Select(tag => tag.GetString()!).ToList() : [];
            papers.Add(new Given(paper.Id.Value, paper, ModelInput.OfAbstract(paper.Title, paper.Abstract), tags));
        }

        return papers;
    }

    private static Measured Report(Given given, Summary summary, TimeSpan time)
    {
        var measured = Measure(given, summary, time);
        var provenance = summary.Provenance;
        var tally = provenance.Tally is { } counted
            ? string.Create(CultureInfo.InvariantCulture, $"; checks: {counted.Quoted}/{counted.Claims} quoted, {counted.Weak} weak, {counted.Dropped} dropped, {counted.NumbersFound}/{counted.Numbers} numbers")
            : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{given.Name,-42} quotes {measured.Quotes}, numbers {measured.Numbers}, names {measured.Names}; {measured.WordsOut} of {measured.WordsIn} words; {provenance.InputTokens}+{provenance.OutputTokens} tokens, {provenance.CostUsd:F4} USD, {time.TotalMilliseconds:F0} ms{tally}{(provenance.Findings.Count > 0 ? $"; {provenance.Findings.Count} findings" : "")}"));
        return measured;
    }

    private static Measured Measure(Given given, Summary summary, TimeSpan time)
    {
        var source = given.Text.Paper;
        var whole = string.Join('\n', source.Sections.SelectMany(section => section.Blocks.Select(block => block.Text)).Prepend(source.Abstract).Prepend(source.Title));
        var normalized = QuoteText.Normalize(whole);
        var claims = summary.KeyPoints.Select(point => point.Claim).ToList();
        var sections = new[] { summary.Overview, summary.Methodology, summary.Results, summary.Implications }.OfType<string>().ToList();
        var texts = claims.Concat(sections).ToList();

        // An extractive claim is its own quote.
        var quotes = summary.KeyPoints.Select(point => point.Evidence?.Quote ?? (summary.Provenance.Method is SummaryMethod.Extractive ? point.Claim : null))
            .Append(summary.Results is null ? null : summary.ResultsEvidence?.Quote ?? (summary.Provenance.Method is SummaryMethod.Extractive ? summary.Results : "")).OfType<string>().ToList();
        var known = Number().Matches(whole).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var numbers = texts.SelectMany(text => Number().Matches(text).Select(match => match.Value)).ToList();
        var names = texts.SelectMany(text => Name().Matches(text).Select(match => match.Value)).ToList();
        return new Measured(
            given,
            summary,
            new Ratio(quotes.Count(quote => quote.Length > 0 && Sentences.Of(quote).TrueForAll(sentence => QuoteText.Contains(normalized, sentence))), quotes.Count),
            new Ratio(numbers.Count(known.Contains), numbers.Count),
            new Ratio(names.Count(name => normalized.Contains(QuoteText.Normalize(name), StringComparison.Ordinal)), names.Count),
            texts.Sum(WordRange.Count),
            WordRange.Count(whole),
            time);
    }

    private static void Conclude(int papers, List<Measured> written)
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{written.Count} of {papers} papers have a digest"));
        if (written.Count == 0)
            return;

        Console.WriteLine($"quotes that stand in the paper     {Sum(written, measured => measured.Quotes)}");
        Console.WriteLine($"numbers that do, letter by letter  {Sum(written, measured => measured.Numbers)}");
        Console.WriteLine($"names that do                      {Sum(written, measured => measured.Names)}");
        if (written.Select(measured => measured.Summary.Provenance.Tally).OfType<CheckTally>().ToList() is { Count: > 0 } tallies)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"the product's checks               {tallies.Sum(tally => tally.Quoted)} of {tallies.Sum(tally => tally.Claims)} claims quoted, {tallies.Sum(tally => tally.Weak)} weakly; {tallies.Sum(tally => tally.Dropped)} parts dropped; {tallies.Sum(tally => tally.NumbersFound)} of {tallies.Sum(tally => tally.Numbers)} numbers found"));
        }

        var provenances = written.ConvertAll(measured => measured.Summary.Provenance);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"compression (words out / words in) {(double)written.Sum(measured => measured.WordsOut) / written.Sum(measured => measured.WordsIn):F3}; {written.Average(measured => measured.WordsOut):F0} words a digest"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tokens a paper                     {provenances.Average(provenance => provenance.InputTokens):F0} in ({provenances.Average(provenance => provenance.CachedInputTokens):F0} cached), {provenances.Average(provenance => provenance.OutputTokens):F0} out"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cost                               {provenances.Sum(provenance => provenance.CostUsd):F4} USD, {provenances.Average(provenance => provenance.CostUsd):F5} a paper"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time a paper                       {written.Average(measured => measured.Time.TotalMilliseconds):F0} ms, longest {written.Max(measured => measured.Time.TotalMilliseconds):F0} ms"));
        var labelled = written.FindAll(measured => measured.Given.Tags.Count > 0);
        if (labelled.Count > 0)
        {
            var right = labelled.Sum(measured => measured.Summary.Tags.Intersect(measured.Given.Tags, StringComparer.Ordinal).Count());
            var both = labelled.Sum(measured => measured.Summary.Tags.Count + measured.Given.Tags.Count);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tags (micro-F1)                    {2.0 * right / both:F3} over {labelled.Count} papers with reference tags"));
        }
    }

    private static Ratio Sum(List<Measured> written, Func<Measured, Ratio> of) => new(written.Sum(measured => of(measured).Part), written.Sum(measured => of(measured).Whole));

    private static async Task WriteAsync(string folder, List<Measured> written, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var measured in written)
        {
            var name = measured.Given.Name.Replace(Path.DirectorySeparatorChar, '-');
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.json"), JsonSerializer.Serialize(measured.Summary, DomainJson.Default.Summary), cancellationToken);
        }
    }

    [GeneratedRegex("^[0-9]{4}\\.[0-9]{4,5}", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex FileId();

    [GeneratedRegex("(?<![\\p{L}0-9.,])[0-9]+([.,][0-9]+)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Number();

    // Capitals within a word, or a word with a capital that begins no sentence.
    [GeneratedRegex("\\b\\p{L}+\\p{Lu}[\\p{L}0-9-]*|(?<=[\\p{Ll},] )\\p{Lu}[\\p{L}0-9-]+", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Name();

    private sealed record Given(string Name, Paper Paper, ModelInput Text, IReadOnlyList<string> Tags);

    private sealed record Measured(Given Given, Summary Summary, Ratio Quotes, Ratio Numbers, Ratio Names, int WordsOut, int WordsIn, TimeSpan Time);

    private readonly record struct Ratio(int Part, int Whole)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Part}/{Whole}{(Whole == 0 ? "" : $" ({100.0 * Part / Whole:F1} %)")}");
    }
}
