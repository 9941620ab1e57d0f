using CsCheck;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Grounding;
using Denoised.Grounding.Numbers;
using Denoised.PaperText;
using Denoised.Tests.Summaries.Checks;
using Denoised.Text;

namespace Denoised.Tests.Grounding.Numbers;

public sealed class NumberCheckTests
{
    [Theory]
    [InlineData("LanternNet reaches an accuracy of 97.42% on HarbourBench.")]
    [InlineData("The encoder has 24 layers and about 1.4 million parameters.")]
    [InlineData("The encoder has 1.41M parameters.")]
    [InlineData("A training step takes 500 ms on eight lamps.")]
    [InlineData("The weight decay is 0.26723 in training.")]
    [InlineData("The decoder needs about 30 lamps on average.")]
    [InlineData("The tide model's accuracy is over 96.7 percent.")]
    [InlineData("Training takes up to 5 hours on one lamp.")]
    [InlineData("Training takes at least 3 hours on one lamp.")]
    [InlineData("The router is right in 96.9% of cases, the error rate being small.")]
    [InlineData("15 of the harbours in the survey had a lantern, 3 fewer than there are.")]
    [InlineData("LanternNet gains 3.6 points of accuracy over the tide planner on HarbourBench.")]
    [InlineData("LanternNet's latency falls from 48 ms to 12 ms on HarbourBench.")]
    [InlineData("The learning rate is 0.001 per step in training.")]
    [InlineData("It has half, that is 50%, of the tide model's error rate.")]
    [InlineData("The decoder needs more than 30 lamps on average.")]
    public void What_the_paper_states_or_what_follows_from_it_passes(string sentence) => Assert.All(Numbers(sentence), number => Assert.True(number.IsBacked, number.Text));

    [Theory]
    [InlineData("LanternNet reaches an accuracy of 97.24% on HarbourBench.")]
    [InlineData("LanternNet reaches an accuracy of 974.2% on HarbourBench.")]
    [InlineData("LanternNet reaches an accuracy of 97.42 points on HarbourBench.")]
    [InlineData("The encoder has 1.4 billion parameters.")]
    [InlineData("The encoder has 1.6 million parameters.")]
    [InlineData("The encoder has twenty-six layers.")]
    [InlineData("A training step takes 500 s on eight lamps.")]
    [InlineData("Training takes 5 minutes on one lamp.")]
    [InlineData("Training takes 50 hours on one lamp.")]
    [InlineData("Memory stays at 40 MB in training.")]
    [InlineData("LanternNet gains 3.9 points of accuracy over the tide planner on HarbourBench.")]
    [InlineData("The tide model's accuracy is over 97.7 percent.")]
    [InlineData("The decoder needs about 20 lamps on average.")]
    [InlineData("The encoder has more than 23 layers.")]
    public void What_is_not_does_not(string sentence) => Assert.Contains(Numbers(sentence), number => !number.IsBacked);

    [Theory]
    [InlineData("The planner is 15% faster than the tide model in every harbour.", true)]
    [InlineData("The planner is 15 ms faster than the tide model in every harbour.", false)]
    [InlineData("The latency of the tide model on HarbourBench is about 15 ms.", true)]
    [InlineData("The fleet has 40 million ships in all harbours.", true)]
    [InlineData("The fleet has 40 thousand ships in all harbours.", false)]
    public void A_rounded_number_does_not_stand_in_for_the_same_digits_with_another_unit(string sentence, bool isBacked)
    {
        var text = new PaperDocument
        {
            Title = "On planners",
            Abstract = "Our planner is 15% faster than the tide model in every harbour. The fleet has 40 million ships in all harbours.",
            Source = TextOrigin.Html,
            Sections =
            [
                new PaperSection("1 Results", SectionKind.Results, "S1", 1,
                [
                    new PaperBlock(BlockKind.Caption, "Table 1: Latency of the tide model and our planner on HarbourBench, by harbour."),
                    new PaperBlock(BlockKind.Table, "Model | Latency (ms)\nTide model | 14.71\nPlanner | 12.92"),
                    new PaperBlock(BlockKind.Paragraph, "We log 39,812 ships."),
                ]),
            ],
        };
        var source = new SourceIndex(LanternPaper.Paper with { Title = text.Title, Abstract = text.Abstract }, text);

        Assert.Equal(isBacked, Backed(sentence, source));
    }

    [Fact]
    public void Numbers_of_a_paper_pass_as_they_are_and_rounded_and_not_with_a_digit_changed()
    {
        var digits = Gen.Select(Gen.Int[10, 99], Gen.Int[10, 99], (whole, part) => whole + (part / 100.0)).Where(value => Math.Round(value * 100) % 10 != 0);
        Gen.Select(digits, Gen.Int[0, 3], Gen.Int[1, 9]).Sample((value, digit, by) =>
        {
            var shown = value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
            var text = PaperDocument.OfAbstract("On harbours", $"The planner finds routes with an accuracy of {shown}% in every harbour. Nothing else is measured here.");
            var source = new SourceIndex(LanternPaper.Paper with { Title = text.Title, Abstract = text.Abstract }, text);
            var places = new[] { 0, 1, 3, 4 };
            var place = places[digit];
            var changed = shown[..place] + (char)('0' + ((shown[place] - '0' + by) % 10)) + shown[(place + 1)..];
            var rounded = Math.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
            return Backed($"Accuracy of the planner is {shown}%.", source)
                && Backed($"Accuracy of the planner is {shown} percent.", source)
                && Backed($"Accuracy of the planner is {rounded}%.", source)
                && Backed($"Accuracy of the planner is about {Math.Round(value):0}%.", source)
                && Backed($"Accuracy of the planner is over {Math.Floor(value * 10) / 10:0.0}%.", source)
                && Backed($"The planner is wrong in {100 - value:0.00}% of harbours, by its accuracy.", source)
                && !Backed($"Accuracy of the planner is {changed}%.", source)
                && !Backed($"Accuracy of the planner is {value * 10:0.0}%.", source)
                && !Backed($"Accuracy of the planner is {shown} ms.", source);
        }, iter: 2_000);
    }

    [Theory]
    [InlineData("It gains 3 in 7 runs.", 0, 1, 0)]
    [InlineData("It gains 3 in 7 runs.", 1, 1, 1)]
    [InlineData("It goes from -3 to 3 in 7 runs.", 0, 2, 1)]
    [InlineData("It goes from -3 to 3 in 7 runs.", 1, 2, 1)]
    [InlineData("It goes from -3 to 3 in 7 runs.", 2, 1, 1)]
    [InlineData("It gains 3 and again 3 in 7 runs.", 1, 1, 0)]
    public void A_place_shares_the_other_numbers_but_for_one_of_the_other_sign_not_the_number_itself(string sentence, int number, int withBoth, int withFirst)
    {
        var text = new PaperDocument { Title = "On gains", Abstract = "A gain of 3 stands here.", Source = TextOrigin.Html, Sections = [new PaperSection("Results", SectionKind.Results, "S1", 1, [new PaperBlock(BlockKind.Paragraph, "Of 7 runs all gain 3 at most.")])] };
        var index = new SourceIndex(LanternPaper.Paper with { Title = text.Title, Abstract = text.Abstract }, text);
        var numbered = new NumberedSentence(sentence, index);

        Assert.Equal(withBoth, numbered.SharedWith(index.Sentences[^1], numbered.Numbers[number]).Values);
        Assert.Equal(withFirst, numbered.SharedWith(index.Sentences[1], numbered.Numbers[number]).Values);
    }

    private static bool Backed(string sentence, SourceIndex source)
    {
        var numbered = new NumberedSentence(PlainText.Of(sentence), source);
        return numbered.Numbers.All(number => NumberCheck.IsSupported(number, numbered));
    }

    private static IEnumerable<(string Text, bool IsBacked)> Numbers(string sentence)
    {
        var numbered = new NumberedSentence(PlainText.Of(sentence), LanternPaper.Index);
        return numbered.Numbers.Select(number => (numbered.GetText(number), NumberCheck.IsSupported(number, numbered)));
    }
}
