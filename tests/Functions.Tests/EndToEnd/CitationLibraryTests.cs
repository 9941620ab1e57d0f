using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Denoised.LocalHost.Emulator;
using Denoised.LocalHost.Settings;
using Denoised.Publishing.Citations;
using Denoised.Simulators;

namespace Denoised.Functions.Tests.EndToEnd;

/// <summary>Reads the API's exports with citation.js, a library that parses the formats of reference managers.</summary>
public sealed class CitationLibraryTests
{
    [Fact]
    public async Task The_library_reads_the_title_and_every_author_of_each_odd_paper()
    {
        if (RealData.Find("arxiv/listings") is not { } listings)
        {
            Assert.SkipUnless(RealData.IsRequired, "The real data (../shared/data/arxiv/listings) is not on this machine.");
            throw new DirectoryNotFoundException("The real data is required, and arxiv/listings is not in it.");
        }

        var papers = (await File.ReadAllLinesAsync(Path.Combine(listings, "odd_cases.jsonl"), TestContext.Current.CancellationToken)).Select(line => Read(JsonDocument.Parse(line).RootElement)).ToList();
        Assert.Equal(163, papers.Count);
        var folder = Directory.CreateTempSubdirectory("denoised-citations");
        try
        {
            foreach (var (place, paper) in papers.Index())
            {
                foreach (var (format, extension) in CitationFormat.All.Zip(["bib", "ris", "json"]))
                    await File.WriteAllTextAsync(Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{place:000}.{extension}")), format.Write([paper]), TestContext.Current.CancellationToken);
            }

            foreach (var file in (await ReadByLibraryAsync(folder.FullName)).EnumerateArray())
            {
                var name = file.GetProperty("file").GetString()!;
                var paper = papers[int.Parse(name[..3], CultureInfo.InvariantCulture)];
                Assert.False(file.TryGetProperty("error", out var error), $"{name}, {paper.Id}: {error}");
                var item = Assert.Single(file.GetProperty("items").EnumerateArray());
                Assert.Equal(paper.Authors.Count, item.GetProperty("authors").GetInt32());
                Assert.Equal(paper.Doi, item.GetProperty("DOI").GetString());

                // The library renders the TeX of BibTeX. The other two formats contain plain text.
                if (name.EndsWith(".bib", StringComparison.Ordinal))
                    Assert.NotEmpty(item.GetProperty("title").GetString()!);
                else
                    Assert.Equal(Citation.PlainLine(paper.Title), item.GetProperty("title").GetString());
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<JsonElement> ReadByLibraryAsync(string folder)
    {
        var frontend = Path.Combine(Repository.Root, "frontend");
        await NodePackages.EnsureInstalledAsync(frontend, line => TestContext.Current.SendDiagnosticMessage(line), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("node", [Path.Combine("dev", "read-citations.mjs"), folder]) { WorkingDirectory = frontend, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        return JsonDocument.Parse(output).RootElement;
    }

    private static Citation Read(JsonElement paper)
    {
        var id = paper.GetProperty("id").GetString()!;
        return new Citation
        {
            Id = id,
            Version = 1,
            Title = paper.GetProperty("title").GetString()!,
            Authors = [.. paper.GetProperty("authors").EnumerateArray().Select(author => author.GetString()!).Where(author => author.Any(char.IsLetter))],
            PrimaryCategory = paper.GetProperty("primary").GetString() ?? "cs.LG",
            Date = new DateOnly(2026, 3, 17),
            Doi = $"10.48550/arXiv.{id}",
            Abstract = paper.GetProperty("abstract").GetString(),
        };
    }
}
