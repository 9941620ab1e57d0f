using System.IO.Compression;
using System.Text.Json;
using Denoised.Simulators;
using Denoised.Summaries;
using Denoised.Text;

namespace Denoised.Benchmarks.Grounding;

/// <summary>Counts the real abstracts of which something is left out as a directive or as unreadable.</summary>
internal static class DirectiveRun
{
    /// <summary>Reads the corpus.</summary>
    public static int Run()
    {
        var path = RealData.Find("arxiv/corpus/abstracts.jsonl.gz") ?? throw new FileNotFoundException("The real data is not on this machine.");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var (sentences, passages, papers, touched) = (0, 0, 0, 0);
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var (title, text) = (json.RootElement.GetProperty("title").GetString()!, json.RootElement.GetProperty("abstract").GetString()!);
            papers++;
            sentences += Sentences.Of(text).Count;
            var left = ModelInput.OfAbstract(title, text).Paper.SkippedPassages;
            passages += left.Count;
            touched += left.Count > 0 ? 1 : 0;
            foreach (var passage in left)
                Console.WriteLine($"{title} | {passage}");
        }

        Console.WriteLine($"{papers} papers, {sentences} sentences; {passages} passages of {touched} papers left out");
        return 0;
    }
}
