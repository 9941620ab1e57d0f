using Denoised.Embeddings;

namespace Denoised.Tests.Embeddings;

public sealed class VocabularyTests
{
    private static readonly string[] words = ["forest", "graph", "multi", "random", "spatio", "temporal", "zero", "shot"];
    private static readonly Vocabulary vocabulary = new(words, [(3, 0), (6, 7)]);

    [Theory]
    [InlineData("a random forest", "random random-forest forest")]
    [InlineData("zero-shot", "zero zero-shot shot")]
    [InlineData("zero shot", "zero zero-shot shot")]
    [InlineData("zero. Shot", "zero shot")]
    [InlineData("forest random", "forest random")]
    [InlineData("random unknown forest", "random forest")]
    public void A_known_pair_of_adjacent_words_is_an_additional_entry(string text, string expected) => Assert.Equal(Sorted(expected), Sorted(Read(text)));

    [Theory]
    [InlineData("spatiotemporal", "spatio temporal")]
    [InlineData("spatio-temporal", "spatio temporal")]
    [InlineData("graphs", "graph")]
    [InlineData("graphzero", "graph zero")]
    [InlineData("graphshots", "graph")]
    [InlineData("gra", "")]
    [InlineData("tele", "")]
    public void An_unknown_word_yields_its_known_parts(string text, string expected) => Assert.Equal(expected, Read(text));

    [Fact]
    public void The_vocabulary_reads_a_text_only_up_to_the_limit()
    {
        var text = string.Concat(Enumerable.Repeat("zero shot ", 10_000));
        Assert.Equal(3 * Vocabulary.MaxTextLength / 10, Read(text).Split(' ').Length);
    }

    [Fact]
    public void No_text_has_enough_entries_to_overflow_a_sum()
    {
        Vocabulary dense = new(["a"], [(0, 0)]);
        var text = string.Concat(Enumerable.Repeat("a ", Vocabulary.MaxTextLength));
        var count = 0;
        foreach (var _ in dense.Read(text, stackalloc char[WordReader.MaxWordLength]))
            count++;
        Assert.InRange((long)count * byte.MaxValue * sbyte.MaxValue, 1_000_000_000, int.MaxValue);
    }

    private static string Read(string text)
    {
        var entries = new List<string>();
        foreach (var entry in vocabulary.Read(text, stackalloc char[WordReader.MaxWordLength]))
            entries.Add(entry < words.Length ? words[entry] : entry == words.Length ? "random-forest" : "zero-shot");
        return string.Join(' ', entries);
    }

    private static string Sorted(string entries) => string.Join(' ', entries.Split(' ').Order(StringComparer.Ordinal));
}
