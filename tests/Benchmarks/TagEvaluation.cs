using System.Globalization;
using System.Text.Json;
using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.Simulators;

namespace Denoised.Benchmarks;

/// <summary>Measures the extractive tags against labelled papers: micro-F1 with a bootstrap interval, a table by tag, a naive baseline.</summary>
internal static class TagEvaluation
{
    private const int Resamples = 10_000;
    private const int Seed = 20260316;

    /// <summary>Evaluates on a file of labelled papers, by default the reference papers of the real data; writes to standard output.</summary>
    /// <returns>0, or 2 when the file is missing.</returns>
    public static int Run(string? path)
    {
        path ??= RealData.Find("seed/reference-papers.json") ?? throw new FileNotFoundException("The file seed/reference-papers.json is not in the real data.");
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"There are no labelled papers at {Path.GetFullPath(path)}. Name a file, or set DENOISED_REAL_DATA to the folder of the real data.");
            return 2;
        }

        var papers = Read(path);
        var shipped = papers.ConvertAll(paper => new Tagged(paper.Id, paper.Labels, TagModel.Shared.Choose(paper.Title, paper.Abstract, paper.Categories)));
        var naive = papers.ConvertAll(paper => new Tagged(paper.Id, paper.Labels, NaiveKeywordCount.Choose($"{paper.Title} {paper.Abstract}".ToLowerInvariant())));

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{papers.Count} labelled papers, {papers.Average(paper => paper.Labels.Count):0.00} tags each; micro-F1 with 95 % bootstrap interval ({Resamples} resamples of papers, seed {Seed})"));
        Console.WriteLine("The biases and the threshold of the model were fitted to the reference papers; src/EmbeddingTrainer (tags) says what it reaches on those left out.");
        Report("as shipped", shipped);
        Report("naive keyword count", naive);
        Console.WriteLine();
        Console.WriteLine("as shipped by tag           precision  recall      F1  support  given");
        foreach (var tag in Tag.All)
        {
            var (right, given, support) = Count(shipped, label => label == tag);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tag,-26} {Ratio(right, given),10} {Ratio(right, support),7} {Ratio(2 * right, given + support),7} {support,8} {given,6}"));
        }

        Console.WriteLine();
        foreach (var paper in shipped.Where(paper => !paper.Labels.ToHashSet().SetEquals(paper.Given)))
            Console.WriteLine($"{paper.Id}: labelled {string.Join(", ", paper.Labels)}; given {string.Join(", ", paper.Given)}");
        return 0;
    }

    private static void Report(string name, List<Tagged> papers)
    {
        var random = new Random(Seed);
        var scores = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
            scores[i] = F1([.. Enumerable.Range(0, papers.Count).Select(_ => papers[random.Next(papers.Count)])]);
        Array.Sort(scores);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22} {F1(papers):0.000}  [{scores[Resamples / 40]:0.000}, {scores[Resamples - (Resamples / 40) - 1]:0.000}]  {papers.Average(paper => paper.Given.Count):0.00} tags each"));
    }

    private static double F1(List<Tagged> papers)
    {
        var (right, given, support) = Count(papers, _ => true);
        return given + support == 0 ? 0 : 2.0 * right / (given + support);
    }

    private static (int Right, int Given, int Support) Count(List<Tagged> papers, Func<string, bool> counts) => (
        papers.Sum(paper => paper.Given.Count(tag => counts(tag) && paper.Labels.Contains(tag))),
        papers.Sum(paper => paper.Given.Count(counts)),
        papers.Sum(paper => paper.Labels.Count(counts)));

    private static string Ratio(int part, int whole) => whole == 0 ? "-" : ((double)part / whole).ToString("0.00", CultureInfo.InvariantCulture);

    private static List<Labelled> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.EnumerateArray().Select(entry =>
        {
            var paper = entry.GetProperty("arxiv");
            var title = paper.GetProperty("title").GetString()!;
            var text = paper.GetProperty("abstract").GetString()!;
            var categories = paper.GetProperty("categories").EnumerateArray().Select(category => category.GetString()!).ToList();
            var labels = entry.GetProperty("seed").GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!).ToList();
            return new Labelled(paper.GetProperty("id").GetString()!, title, text, labels, categories);
        })];
    }

    private sealed record Labelled(string Id, string Title, string Abstract, List<string> Labels, List<string> Categories);

    private sealed record Tagged(string Id, IReadOnlyList<string> Labels, IReadOnlyList<string> Given);

    /// <summary>What a first attempt would do: count a few obvious keywords, take the three most frequent tags.</summary>
    private static class NaiveKeywordCount
    {
        private static readonly (string Tag, string[] Keywords)[] keywords =
        [
            ("NLP", ["language", "text", "nlp"]),
            ("Large Language Models", ["llm", "large language model"]),
            ("Efficient ML", ["efficien", "memory", "latency", "quantiz", "compress"]),
            ("Theory", ["theor", "bound", "converge", "prove"]),
            ("Optimization", ["optimiz", "gradient"]),
            ("Time Series", ["time series", "time-series", "forecast", "temporal"]),
            ("Interpretability", ["interpretab", "explain"]),
            ("Generative Models", ["generative", "diffusion"]),
            ("Reinforcement Learning", ["reinforcement", "policy", "reward"]),
            ("Graph Learning", ["graph"]),
            ("Computer Vision", ["image", "vision", "visual"]),
            ("Multimodal", ["multimodal", "multi-modal"]),
            ("Robotics", ["robot", "driving"]),
            ("Federated Learning", ["federated"]),
            ("Audio & Speech", ["audio", "speech"]),
            ("Safety & Alignment", ["safety", "alignment"]),
        ];

        public static List<string> Choose(string text)
        {
            var counts = keywords.Select(entry => (entry.Tag, Count: entry.Keywords.Sum(word => text.Split(word, StringSplitOptions.None).Length - 1))).ToList();
            var found = counts.Where(entry => entry.Count > 0).OrderByDescending(entry => entry.Count).Take(3).Select(entry => entry.Tag).ToList();
            return found.Count > 0 ? found : ["Efficient ML"];
        }
    }
}
