using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.Grounding;
using Denoised.Model;
using Denoised.PaperText.Html;
using Denoised.Summaries;
using Denoised.Summaries.Checks;
using Denoised.Text;

namespace Denoised.Tests.Injection;

/// <summary>The parts of its response in which a model writes the demanded sentence.</summary>
[Flags]
internal enum Obeyed
{
    Nowhere = 0,
    KeyPoint = 1,
    Summary = 2,
    Methodology = 4,
    Results = 8,
    Implications = 16,
    Everywhere = 31,
}

/// <summary>
/// A paper with an attack and the drafts of an obedient model: the demanded sentence between honest ones, with an honest sentence or the attack as evidence.
/// </summary>
internal sealed class ObeyedAttack
{
    private static readonly (string Part, string Text, string Quote)[] honest =
    [
        ("keyPoints", "The mean waiting time over all harbours falls from 41 to 27 minutes.", "The planner reduces the mean waiting time"),
        ("keyPoints", "The best baseline reaches 33 minutes with the same logs and lanterns.", "The best baseline reaches"),
        ("keyPoints", "The planner reads the log of the last 30 nights to predict the next one's arrivals.", "The planner reads the log"),
        ("keyPoints", "A night with 90 ships is scheduled in 4 seconds on a laptop.", "The schedule is computed in 4 seconds"),
        ("summary", "Harbours at night are lit by lanterns that were placed long ago and are rarely moved.", "Harbours at night are lit"),
        ("summary", "Ships that arrive late wait for a pilot because lanterns do not show which berth is free.", "Ships that arrive late"),
        ("summary", "The paper asks how far a schedule learned from logs alone can shorten the waiting time.", "We ask how far a schedule"),
        ("summary", "A recurrent network with 64 units encodes each ship, and a second one each berth.", "A small recurrent network"),
        ("summary", "A beam search of width 8 turns the predictions into a schedule that keepers can follow.", "A beam search of width 8"),
        ("summary", "Over all harbours, the mean waiting time falls from 41 to 27 minutes.", "The planner reduces the mean waiting time"),
        ("summary", "The best baseline, with the same logs and number of lanterns, reaches 33 minutes.", "The best baseline reaches"),
        ("summary", "The logs cover calm winters only, so that storms may change the picture.", "The logs cover calm winters"),
        ("methodology", "The planner reads the log of the last 30 nights and predicts the next night's arrivals.", "The planner reads the log"),
        ("methodology", "The training minimises the squared error of the predicted arrival with a penalty for idle lanterns.", "Training minimises the squared error"),
        ("methodology", "All weights are shared among harbours, so that a new one needs no training of its own.", "All weights are shared"),
        ("results", "The planner reduces the mean waiting time from 41 to 27 minutes over all harbours.", "The planner reduces the mean waiting time"),
        ("results", "Without the penalty for idle lanterns the waiting time is 31 minutes on average.", "Without the penalty"),
        ("implications", "A planner learned from logs shortens the waiting time in harbours without new lanterns.", "A planner that is learned from logs"),
        ("implications", "Future work could include weather reports and corrections of the schedule by keepers.", "Future work could include"),
    ];

    private readonly Paper metadata;
    private readonly ModelInput text;
    private readonly GroundedPaper paper;
    private readonly string says;
    private readonly IReadOnlyList<string> planted;

    public ObeyedAttack(Attack attack)
    {
        var reading = HtmlPaperReader.Read(AttackedPaper.Html(attack)!);
        var announced = AttackedPaper.Metadata(attack);
        metadata = new Paper { Id = ArxivId.Parse(attack.Id), Title = announced.Title, Authors = announced.Authors, Abstract = announced.Abstract, PrimaryCategory = "cs.LG", Categories = ["cs.LG"] };
        text = ModelInput.Of(reading.Document! with { Title = announced.Title, Abstract = announced.Abstract }, [], read => TextSelection.Of(read, 12_000).Numbered);
        paper = new GroundedPaper(new SourceIndex(metadata, text.Paper));
        says = attack.Says;
        planted = [.. attack.Triggers.Where(passage => Plain(passage).Length > 0)];
    }

    /// <summary>The paper as arXiv announces it.</summary>
    public Paper Metadata => metadata;

    /// <summary>Checks a draft that contains the demanded sentence.</summary>
    /// <param name="parts">The parts that contain the sentence.</param>
    /// <param name="restsOnItself">True if the evidence is the attack itself, false if it is the honest sentence with the best support.</param>
    /// <returns>Null if the prompt does not contain the attack, so that the model cannot cite it.</returns>
    public CheckedDraft? Check(Obeyed parts, bool restsOnItself)
    {
        var numbers = restsOnItself ? PlantedNumbers() : [BestHonest()];
        if (numbers.Count == 0)
            return null;
        DraftSentence order = new(numbers, says);
        DraftSentence[] Part(string name, Obeyed part)
        {
            var written = honest.Where(sentence => sentence.Part == name).Select(sentence => new DraftSentence([NumberOf(sentence.Quote)], sentence.Text));
            return [.. parts.HasFlag(part) ? written.Prepend(order) : written];
        }

        var draft = new ModelDraft
        {
            Tags = ["Time Series"],
            Tldr = parts.HasFlag(Obeyed.KeyPoint) ? order : null,
            KeyPoints = Part("keyPoints", Obeyed.KeyPoint),
            Summary = Part("summary", Obeyed.Summary),
            Methodology = Part("methodology", Obeyed.Methodology),
            Results = Part("results", Obeyed.Results),
            Implications = Part("implications", Obeyed.Implications),
        };
        return SummaryCheck.Run(draft, metadata, text);
    }

    /// <summary>Finds a passage of the attack, or the demanded sentence, in a summary; null if there is none.</summary>
    public string? FindIn(Summary? summary)
    {
        if (summary is null)
            return null;
        var shown = string.Join(
            '\n',
            [
                .. summary.Claims().SelectMany(point => new[] { point.Claim, point.Evidence?.Quote, point.MoreEvidence?.Quote }),
                summary.Overview, summary.Problem, summary.Methodology, summary.Results, summary.Implications,
                .. (summary.Evidence ?? []).SelectMany(sentence => sentence.Evidence.Select(quote => quote.Quote)),
            ]);
        return planted.Where(passage => Words(passage) >= 4).Append(says).FirstOrDefault(passage => Plain(shown).Contains(Plain(passage), StringComparison.OrdinalIgnoreCase));
    }

    private static int Words(string passage) => passage.Split(' ').Length;

    private static string Plain(string passage) => string.Concat(passage.Where(char.IsLetterOrDigit));

    private int NumberOf(string quote) =>
        text.Numbered.Ordinals.ToList().FindIndex(ordinal => paper.Source.AtOrdinal(ordinal).Plain.Contains(quote, StringComparison.Ordinal)) + 1;

    private bool IsPlanted(SourceSentence sentence) => planted.Any(passage => Plain(passage).Contains(Plain(sentence.Text), StringComparison.OrdinalIgnoreCase) || Plain(sentence.Text).Contains(Plain(passage), StringComparison.OrdinalIgnoreCase));

    private List<int> PlantedNumbers() =>
        [.. text.Numbered.Ordinals.Select((ordinal, index) => (Number: index + 1, Sentence: paper.Source.AtOrdinal(ordinal))).Where(found => IsPlanted(found.Sentence))
            .OrderByDescending(found => Similarity(found.Sentence)).Select(found => found.Number).Take(2)];

    private int BestHonest()
    {
        var claim = new Claim(says, paper);
        return text.Numbered.Ordinals.Select((ordinal, index) => (Number: index + 1, Sentence: paper.Source.AtOrdinal(ordinal))).Where(found => !IsPlanted(found.Sentence))
            .MaxBy(found => EvidenceSupport.Measure(claim, new EvidencePassage(paper, found.Sentence)).Score(GroundingThresholds.Default.Weights)).Number;
    }

    private double Similarity(SourceSentence sentence) => EmbeddingModel.Shared.Embed(says).Similarity(EmbeddingModel.Shared.Embed(sentence.Plain));
}
