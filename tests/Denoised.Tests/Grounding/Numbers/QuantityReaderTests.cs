using CsCheck;
using Denoised.Grounding.Numbers;
using Denoised.Text;

namespace Denoised.Tests.Grounding.Numbers;

public sealed class QuantityReaderTests
{
    [Theory]
    [InlineData("1.4 million parameters", 1.4e6, 1e5, nameof(Dimension.None))]
    [InlineData("a 7B model", 7e9, 1e9, nameof(Dimension.None))]
    [InlineData("500 ms", 0.5, 1e-3, nameof(Dimension.Time))]
    [InlineData("12 GPU hours", 43200, 3600, nameof(Dimension.Time))]
    [InlineData("a 12-hour run", 43200, 3600, nameof(Dimension.Time))]
    [InlineData("3.2 BLEU points", 3.2, 0.1, nameof(Dimension.Points))]
    [InlineData("3.2 percentage points", 3.2, 0.1, nameof(Dimension.Points))]
    [InlineData("97.42%", 97.42, 0.01, nameof(Dimension.Percent))]
    [InlineData("97.42 per cent", 97.42, 0.01, nameof(Dimension.Percent))]
    [InlineData("4x faster", 4, 1, nameof(Dimension.Ratio))]
    [InlineData("tenfold", 10, 1, nameof(Dimension.Ratio))]
    [InlineData("twenty-four layers", 24, 1, nameof(Dimension.None))]
    [InlineData("two hundred ships", 200, 1, nameof(Dimension.None))]
    [InlineData("two hours", 7200, 3600, nameof(Dimension.Time))]
    [InlineData("1,412,272 words", 1412272, 1, nameof(Dimension.None))]
    [InlineData(".26723 of", 0.26723, 1e-5, nameof(Dimension.None))]
    [InlineData("1.5×10^-3", 0.0015, 1e-4, nameof(Dimension.None))]
    [InlineData("1e-4", 1e-4, 1e-4, nameof(Dimension.None))]
    [InlineData("10^5", 1e5, 1e5, nameof(Dimension.None))]
    [InlineData("by -12 lamps", -12, 1, nameof(Dimension.None))]
    [InlineData("40 GB", 4e10, 1e9, nameof(Dimension.Bytes))]
    public void A_number_has_a_value_a_last_digit_and_a_dimension(string text, double value, double step, string dimension)
    {
        var quantity = Assert.Single(QuantityReader.OfDraft(text));
        Assert.Equal(value, quantity.Value, Math.Abs(value) * 1e-9);
        Assert.Equal(step, quantity.Step, step * 1e-9);
        Assert.Equal(dimension, quantity.Dimension.ToString());
    }

    [Theory]
    [InlineData("ResNet-50 and CIFAR-10 with F1, top-1 and GPT-4")]
    [InlineData("one of two ways in three parts, twice over, half of them")]
    [InlineData("3D vision of version 1.2.3")]
    public void Names_and_small_words_are_no_numbers(string text) => Assert.Empty(QuantityReader.OfDraft(text));

    [Theory]
    [InlineData("images of 224x224", 224, 224)]
    [InlineData("between 3 and 5 runs", 3, 5)]
    [InlineData("97.4 ± 0.3", 97.4, 0.3)]
    public void Products_ranges_and_deviations_are_two(string text, double first, double second) => Assert.Equal([first, second], QuantityReader.OfDraft(text).Select(quantity => quantity.Value));

    [Theory]
    [InlineData("97. 42%", 97.42, nameof(Dimension.Percent))]
    [InlineData("3 to 5 hours", 10800, nameof(Dimension.Time))]
    [InlineData("71.2, 73 and 74.8%", 71.2, nameof(Dimension.Percent))]
    [InlineData("a rate of 10-3 is", 0.001, nameof(Dimension.None))]
    [InlineData("1.8×105 steps", 180000, nameof(Dimension.None))]
    [InlineData("half of it", 50, nameof(Dimension.Percent))]
    public void A_source_gives_every_reading(string text, double value, string dimension) =>
        Assert.Contains(QuantityReader.OfSource(text), quantity => Math.Abs(quantity.Value - value) < 1e-9 * value && string.Equals(quantity.Dimension.ToString(), dimension, StringComparison.Ordinal));

    [Fact]
    public void Any_text_is_read() => Gen.OneOf(Gen.String, Gen.String["0123456789.,-^×x%eE10 "], Gen.OneOf("12", " ", "-", "GPU", "hours", "%", "points", ".", "^", "×", "10", "twenty", "fold", "e", "million").Array[0, 12].Select(string.Concat))
        .Sample(text =>
        {
            var plain = PlainText.Of(text);
            return QuantityReader.OfSource(plain).Concat(QuantityReader.OfDraft(plain)).All(quantity => quantity.Start >= 0 && quantity.Start < quantity.End && quantity.End <= plain.Length && !double.IsNaN(quantity.Value));
        }, iter: 20_000);
}
