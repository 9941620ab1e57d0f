using Denoised.Papers;

namespace Denoised.Summaries;

/// <summary>
/// The few numbers that turn the lexicon's evidence into one to three tags. Taken from the middle of the plateau that
/// <c>dotnet run --project tests/Benchmarks -- tags</c> finds (it also prints the best on the reference papers), so that no single paper decides them.
/// </summary>
/// <param name="Title">What a phrase in the title counts, against 1 in the abstract.</param>
/// <param name="Threshold">The score from which a tag is given.</param>
/// <param name="Share">The share of the best tag's score that a further tag must reach.</param>
/// <param name="Habit">How far the readiness with which readers give a tag moves its score, where the paper's words touch on it at all.</param>
internal sealed record TagWeights(double Title, double Threshold, double Share, double Habit)
{
    /// <summary>What the product uses.</summary>
    public static TagWeights Fitted { get; } = new(Title: 2, Threshold: 6, Share: 0.25, Habit: 2);

    /// <summary>How readily readers give each tag to a machine-learning paper that touches on it; 0 is neutral.</summary>
    private static readonly double[] habits = [.. Tag.All.Select(tag => tag switch
    {
        "Efficient ML" => 1.2,
        "Interpretability" => 0.8,
        "Optimization" => 0.6,
        "Theory" => 0.4,
        "Computer Vision" or "Robotics" => -0.3,
        "Safety & Alignment" => -2,
        _ => 0,
    })];

    private static readonly int nlp = IndexOf("NLP");
    private static readonly int languageModels = IndexOf("Large Language Models");

    /// <summary>Chooses one to three tags, the most fitting first; ties go to the more habitual tag, then to the taxonomy's order.</summary>
    public IReadOnlyList<string> Choose(TagEvidence evidence)
    {
        var scores = new double[Tag.All.Count];
        for (var tag = 0; tag < scores.Length; tag++)
        {
            var words = (Title * evidence.Title[tag]) + evidence.Abstract[tag];
            scores[tag] = words + evidence.Categories[tag] + (words > 0 ? Habit * habits[tag] : 0);
        }

        // Work on language models is work on language; the reverse need not hold.
        if (scores[languageModels] >= Threshold)
            scores[nlp] = Math.Max(scores[nlp], 0.95 * scores[languageModels]);

        var ranked = Enumerable.Range(0, scores.Length).OrderByDescending(tag => scores[tag]).ThenByDescending(tag => habits[tag]).ThenBy(tag => tag).ToArray();
        var least = Math.Max(Threshold, Share * scores[ranked[0]]);
        return [.. ranked.Where((tag, rank) => rank == 0 || (rank < 3 && scores[tag] >= least)).Select(tag => Tag.All[tag])];
    }

    private static int IndexOf(string tag) => Tag.All.ToList().IndexOf(tag);
}
