using Denoised.Embeddings;

namespace Denoised.Tests.Embeddings;

public sealed class WordReaderTests
{
    [Theory]
    [InlineData("Deep-learning, (for) 3D shapes!", "deep -learning for 3d -shapes")]
    [InlineData("A model's  state\nspace", "a -model s -state -space")]
    [InlineData("zero‑shot zero‐shot", "zero -shot -zero -shot")]
    [InlineData("fine--tuned – twice", "fine -tuned twice")]
    [InlineData("Schrödinger, NAÏVE, Łojasiewicz, Æther", "schrodinger naive lojasiewicz ather")]
    [InlineData("naḯve cafe\u0301", "naive -cafe")]
    [InlineData("x×y", "x y")]
    [InlineData("数学 and 🙂", "and")]
    [InlineData("", "")]
    [InlineData(" -- ", "")]
    public void The_reader_yields_lower_case_words_with_their_joins(string text, string expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData(@"\emph{sparse} codes", "sparse -codes")]
    [InlineData(@"about 50\% of $O(n\log n)$ steps", "about -50 -of -o n -n steps")]
    [InlineData(@"Poincar\'e and Schr\""{o}dinger", "poincare -and -schrodinger")]
    [InlineData(@"Figure~1", "figure -1")]
    [InlineData(@"LLa{MA}", "llama")]
    [InlineData(@"ends in \", "ends -in")]
    [InlineData(@"ends in \command", "ends -in")]
    public void TeX_commands_and_braces_are_not_words(string text, string expected) => Assert.Equal(expected, Read(text));

    [Fact]
    public void A_run_longer_than_forty_letters_is_skipped_and_separates()
    {
        Assert.Equal($"one {new string('x', 40)} two".Replace(" ", " -", StringComparison.Ordinal), Read($"one {new string('x', 40)} two"));
        Assert.Equal("one two", Read($"one {new string('x', 41)} two"));
        Assert.Equal("one", Read($"one {new string('x', 41)}"));
    }

    [Fact]
    public void Each_character_from_U00C0_to_U017F_reads_as_its_decomposed_base_letter()
    {
        for (var character = '\u00C0'; character <= '\u017F'; character++)
        {
            var decomposed = character.ToString().Normalize(System.Text.NormalizationForm.FormD);
            if (decomposed.Length > 1)
                Assert.Equal(char.ToLowerInvariant(decomposed[0]).ToString(), Read(character.ToString()));
        }

        Assert.Equal("d -y -z -s", Read("đ ÿ Ž ſ"));
    }

    private static string Read(string text)
    {
        var words = new List<string>();
        var reader = new WordReader(text, stackalloc char[WordReader.MaxWordLength]);
        while (reader.MoveNext())
            words.Add((reader.IsJoined ? "-" : "") + reader.Word.ToString());
        return string.Join(' ', words);
    }
}
