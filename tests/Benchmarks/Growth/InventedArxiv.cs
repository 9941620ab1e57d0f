using System.Globalization;
using System.Text;
using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Simulators.Arxiv;

namespace Denoised.Benchmarks.Growth;

/// <summary>Papers that do not exist, from a seed: of a vocabulary that tags and search know, beside invented words as rare as names are.</summary>
internal sealed class InventedArxiv(int seed)
{
    /// <summary>A feed holds 2,000 items: 7,000 papers a day need several.</summary>
    public static readonly string[] Categories = ["cs.LG", "stat.ML", "cs.CL", "cs.CV", "cs.AI"];

    // Cross-lists fill the feeds, too: with more of them 1,400 papers of a category would not fit into one.
    private const double CrossListed = 0.2;

    private static readonly (string Subject, string Thing)[] subjects =
    [
        ("large language models", "prompt"), ("reinforcement learning", "policy"), ("graph neural networks", "node"), ("diffusion models", "sample"),
        ("federated learning", "client"), ("time series forecasting", "horizon"), ("robot manipulation", "grasp"), ("speech recognition", "utterance"),
        ("image segmentation", "mask"), ("stochastic gradient descent", "step"), ("generalization bounds", "hypothesis"), ("model quantization", "weight"),
        ("mechanistic interpretability", "feature"), ("adversarial robustness", "perturbation"), ("machine translation", "sentence"), ("vision-language models", "caption"),
    ];

    private static readonly string[] approaches = ["a spectral method", "a sparse estimator", "a two-stage procedure", "an attention block", "a variational bound", "a low-rank adapter", "a curriculum", "a contrastive objective", "a kernel", "a search over programs"];
    private static readonly string[] adjectives = ["Sparse", "Robust", "Calibrated", "Adaptive", "Hierarchical", "Causal", "Private", "Efficient", "Online", "Unsupervised"];
    private static readonly string[] troubles = ["labels are noisy", "data are scarce", "distributions shift", "memory is short", "rewards come late", "inputs are long", "classes are many", "sensors fail"];
    private static readonly string[] syllables = ["ba", "kor", "lin", "mu", "ter", "vo", "shi", "dra", "pel", "on", "gri", "sta", "ue", "nam", "fro", "zet", "qui", "wel", "ach", "ry"];

    private readonly Random random = new(seed);
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <summary>A day's papers, dealt out evenly over the categories.</summary>
    public IReadOnlyList<SimulatedPaper> Day(ListingDay day, int papers) => [.. Enumerable.Range(0, papers).Select(place => Paper(day, Categories[place % Categories.Length]))];

    private SimulatedPaper Paper(ListingDay day, string category)
    {
        var month = day.Date.ToString("yyMM", CultureInfo.InvariantCulture);
        var number = numbers[month] = numbers.GetValueOrDefault(month) + 1;
        var (subject, thing) = Pick(subjects);
        var name = Word(2, 4);
        var submitted = AnnouncementCalendar.SubmissionWindow(day).From.AddSeconds(random.Next(20 * 3600));
        return new SimulatedPaper
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{month}.{number:00000}"),
            Title = $"{Capital(name)}: {Pick(adjectives)} {Capital(Word(2, 3))} for {subject} when {Pick(troubles)}",
            Authors = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => $"{Capital(Word(1, 3))} {Capital(Word(2, 4))}")],
            Abstract = Abstract(subject, thing, Capital(name)),
            Categories = random.NextDouble() < CrossListed ? [category, Pick(Categories.Where(other => other != category).ToArray())] : [category],
            Published = submitted,
            Updated = submitted,
            Comment = random.NextDouble() < 0.4 ? string.Create(CultureInfo.InvariantCulture, $"{random.Next(6, 60)} pages, {random.Next(1, 20)} figures") : null,
        };
    }

    private string Abstract(string subject, string thing, string name)
    {
        var text = new StringBuilder();
        var (other, otherThing) = Pick(subjects);
        text.Append(CultureInfo.InvariantCulture, $"Progress in {subject} slows down where {Pick(troubles)}, and what is known of {other} helps little there. ");
        text.Append(CultureInfo.InvariantCulture, $"We propose {name}, {Pick(approaches)} that looks at each {thing} together with its {Word(2, 4)} and its {Word(2, 3)}. ");
        text.Append(CultureInfo.InvariantCulture, $"Unlike {Capital(Word(2, 4))} and {Capital(Word(2, 3))}, it needs no {Word(2, 4)} and learns from {random.Next(2, 900)} examples of a {otherThing}. ");
        for (var sentence = random.Next(1, 5); sentence > 0; sentence--)
            text.Append(CultureInfo.InvariantCulture, $"The {Word(2, 4)} of every {thing} is weighed by {Pick(approaches)}, so that the {Word(2, 3)} stays {Word(2, 3)} while {Pick(troubles)}. ");
        text.Append(CultureInfo.InvariantCulture, $"On {Capital(Word(2, 4))} and {Capital(Word(2, 4))} it raises accuracy by {random.Next(1, 30)}.{random.Next(10)}% and takes {random.Next(2, 40)} times less memory than {Capital(Word(2, 4))}. ");
        text.Append(CultureInfo.InvariantCulture, $"The results suggest that {subject} gain from a {thing} that is {Word(2, 3)}.");
        return text.ToString();
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];

    private string Word(int fewest, int most) => string.Concat(Enumerable.Range(0, random.Next(fewest, most + 1)).Select(_ => Pick(syllables)));

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
