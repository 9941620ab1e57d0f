using CsCheck;
using Denoised.Text;

namespace Denoised.Tests.Text;

/// <summary>Compares the phrase matcher with a matcher that tries every alternative.</summary>
public sealed class PhraseMatcherTests
{
    [Theory]
    [InlineData("ignore ~2 (instructions?|orders)", "Ignore all of the instructions", false)]
    [InlineData("ignore ~3 (instructions?|orders)", "Ignore all of the instructions", true)]
    [InlineData("ignore ~3 order", "Ignore this. The order", false)]
    [InlineData("ignore ~~3 order", "Ignore this. The order", true)]
    [InlineData("ignore ~3 order", "Ignore 3.5 (this) order", true)]
    [InlineData("instruct* that", "Instructing THAT", true)]
    [InlineData("*est of", "the finest of", true)]
    [InlineData("*est of", "the test of", false)]
    [InlineData("^ please", "Now please", false)]
    [InlineData("done ~~0 $", "It is done.\")", true)]
    [InlineData("don't say", "Don’t say", true)]
    [InlineData("state(-)?of", "state–of", true)]
    [InlineData("无视 ~3 指令", "请无视以上指令。", true)]
    [InlineData("无视 ~3 指令", "请无视。指令", false)]
    [InlineData(@"\d / \d", "about 10/10", true)]
    [InlineData(@"\( (a)* b \|", "(a a a b|", true)]
    public void The_matcher_finds_a_phrase_by_its_tokens(string phrase, string text, bool isFound) =>
        Assert.Equal(isFound, new PhraseMatcher([phrase]).IsMatch(new TokenizedText(text)));

    [Theory]
    [InlineData("(a|b")]
    [InlineData("a)")]
    [InlineData("(a)?")]
    [InlineData("~3")]
    public void The_matcher_rejects_an_unterminated_or_empty_phrase(string phrase) => Assert.Throws<FormatException>(() => new PhraseMatcher([phrase]));

    [Fact]
    public void The_matcher_finds_everything_that_a_naive_matcher_finds() =>
        Gen.Select(Phrase(3).Array[1, 4], Gen.OneOf("a", "ab", "abc", "abcabc", "b", "c", "7", ",", ".").Array[0, 12]).Sample(static (phrases, tokens) =>
        {
            var lists = phrases.Select(static phrase => $"a {phrase.Notation}").ToArray();
            var text = new TokenizedText(string.Join(' ', tokens));
            var expected = phrases.SelectMany((phrase, list) => Naive(new InOrder(new Word("a"), phrase), list, text))
                .GroupBy(static match => (match.List, match.End)).Select(static matches => matches.MinBy(static match => match.Start)).ToHashSet();
            var found = new PhraseMatcher([.. lists.Select(static phrase => new[] { phrase })]).Find(text);
            Assert.Equal(found.Count, found.Distinct().Count());
            Assert.Equal(expected, found.ToHashSet());
        }, iter: 3000);

    [Fact]
    public void A_hostile_text_takes_a_bounded_number_of_steps_per_token()
    {
        var matcher = new PhraseMatcher(["(a|b)* ~~20 (a|a a|b a)* ~30 a* ~~40 b ~50 c", "a (a)? (a)? (a)? (a)? (a)? ~90 (a ~9 (b)*)* c"], ["a (a (a (a)*)*)* ~40 (a|b)* c"]);
        var text = new TokenizedText(string.Concat(Enumerable.Repeat("a b a a ", 100 * 1024 / 8)));

        Assert.Empty(matcher.Find(text, out var steps));
        Assert.InRange(steps, text.Tokens.Count, 5L * matcher.Nodes * text.Tokens.Count);
    }

    private static IEnumerable<PhraseMatch> Naive(Part phrase, int list, TokenizedText text) =>
        Enumerable.Range(0, text.Tokens.Count).SelectMany(start => phrase.Ends(text, start).Distinct().Select(end => new PhraseMatch(list, start, end)));

    private static Gen<Part> Phrase(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.OneOf("a", "ab", "b", "c", ",", ".").Select(static text => (Part)new Word(text)),
            Gen.OneOf("ab*", "*bc", "abc?", @"\w", @"\d").Select(static text => (Part)new Word(text)),
            Gen.Select(Gen.Int[0, 3], Gen.Bool).Select(static (length, isAcross) => (Part)new Gap(length, isAcross)));
        if (depth == 0)
            return leaf;
        var inner = Phrase(depth - 1);
        return Gen.OneOf(
            leaf,
            Gen.Select(inner, inner).Select(static (one, other) => (Part)new InOrder(one, other)),
            Gen.Select(inner, inner).Select(static (one, other) => (Part)new Either(one, other)),
            Gen.Select(inner, Gen.Bool).Select(static (part, isMany) => (Part)new Perhaps(part, isMany)));
    }

    private abstract record Part
    {
        public abstract string Notation { get; }

        public abstract IEnumerable<int> Ends(TokenizedText text, int at);
    }

    private sealed record Word(string Text) : Part
    {
        public override string Notation => Text;

        public override IEnumerable<int> Ends(TokenizedText text, int at) => at < text.Tokens.Count && IsOne(text[at].ToString(), text.Tokens[at].Class) ? [at + 1] : [];

        private bool IsOne(string token, TokenClass kind) => Text switch
        {
            @"\w" => kind is TokenClass.Word or TokenClass.Number,
            @"\d" => kind == TokenClass.Number,
            "ab*" => token is "ab" or "abc" or "abcabc",
            "*bc" => token == "abcabc",
            "abc?" => token is "ab" or "abc",
            _ => token == Text,
        };
    }

    private sealed record Gap(int Length, bool IsAcross) : Part
    {
        public override string Notation => $"{(IsAcross ? "~~" : "~")}{Length}";

        public override IEnumerable<int> Ends(TokenizedText text, int at)
        {
            for (var words = 0; at < text.Tokens.Count; at++)
            {
                yield return at;
                var kind = text.Tokens[at].Class;
                words += kind is TokenClass.Word or TokenClass.Number ? 1 : 0;
                if (words > Length || kind is TokenClass.Start or TokenClass.End || kind == TokenClass.SentenceEnd && !IsAcross)
                    yield break;
            }

            yield return at;
        }
    }

    private sealed record InOrder(Part One, Part Other) : Part
    {
        public override string Notation => $"{One.Notation} {Other.Notation}";

        public override IEnumerable<int> Ends(TokenizedText text, int at) => One.Ends(text, at).Distinct().SelectMany(end => Other.Ends(text, end));
    }

    private sealed record Either(Part One, Part Other) : Part
    {
        public override string Notation => $"({One.Notation}|{Other.Notation})";

        public override IEnumerable<int> Ends(TokenizedText text, int at) => One.Ends(text, at).Concat(Other.Ends(text, at));
    }

    private sealed record Perhaps(Part Inner, bool IsMany) : Part
    {
        public override string Notation => $"({Inner.Notation}){(IsMany ? '*' : '?')}";

        public override IEnumerable<int> Ends(TokenizedText text, int at)
        {
            var all = new HashSet<int> { at };
            for (var open = new Stack<int>([at]); open.TryPop(out var from);)
            {
                foreach (var end in Inner.Ends(text, from))
                {
                    if (all.Add(end) && IsMany)
                        open.Push(end);
                }
            }

            return all;
        }
    }
}
