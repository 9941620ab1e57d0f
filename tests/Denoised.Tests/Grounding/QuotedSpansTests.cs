using System.Text.RegularExpressions;
using CsCheck;
using Denoised.Grounding;
using Denoised.Text;

namespace Denoised.Tests.Grounding;

public sealed class QuotedSpansTests
{
    // The rule as one expression. It looks around itself, so it backtracks: good for short texts only.
    private static readonly Regex rule = new(
        @"[“„«][^”«»“]{1,300}[”»“]|""[^""]{1,300}""|(?<!\p{L})[‘'`](?=\p{L})[^’'`]{3,300}[’'`](?!\p{L})|``[^`']{1,300}''",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    private static readonly string[] pieces =
        ["a", "word", "don't", " ", " ", "“", "”", "„", "«", "»", "\"", "‘", "’", "'", "`", "``", "''", ".", new string('x', 299)];

    [Fact]
    public void A_sentence_loses_exactly_what_it_quotes() =>
        Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]).Array[0, 30].Sample(drawn =>
        {
            var sentence = string.Concat(drawn);
            var rest = rule.Replace(sentence, " […] ");
            Assert.Equal(Words.Count(rest) >= 4 ? rest : sentence, QuotedSpans.Removed(sentence));
        });
}
