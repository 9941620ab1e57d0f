namespace Denoised.Phrases;

/// <summary>
/// Compiles phrases to the nodes of one automaton over tokens. The notation: words and punctuation marks stand for themselves; <c>word*</c> and <c>*word</c>
/// for words that begin so, and that end so behind three letters or more; <c>words?</c> with or without the last letter; <c>\w</c> for a word, <c>\d</c> for a number, <c>\</c> before a mark that
/// has a meaning here for that mark; <c>(a|b c)</c>, <c>(a)?</c>, <c>(a)*</c> as in a regular expression; <c>^</c> and <c>$</c> for the start and the end
/// of the text; <c>~4</c> for up to four words and any marks within a sentence, <c>~~4</c> also across its end.
/// </summary>
internal sealed class PhraseCompiler
{
    /// <summary>In <see cref="Node.Set"/>: both following nodes are reached without a token.</summary>
    public const int Split = -1;

    /// <summary>In <see cref="Node.Set"/>: a phrase of the list <see cref="Node.Next"/> ends.</summary>
    public const int Accept = -2;

    /// <summary>How many letters stand before a suffix at least: "*est" is no "test".</summary>
    public const int BeforeSuffix = 3;

    private static readonly string[] classes = [@"\w", @"\d", @"\m", @"\e", "^", "$"];

    private readonly Dictionary<string, int> sets = new(StringComparer.Ordinal);
    private readonly int[] accepts;
    private string notation = "";
    private int at;

    /// <summary>Compiles lists of phrases.</summary>
    public PhraseCompiler(string[][] lists)
    {
        accepts = [.. lists.Select((_, list) => Add(new(Accept, list, 0)))];
        for (var list = 0; list < lists.Length; list++)
        {
            foreach (var phrase in lists[list])
            {
                (notation, at) = (phrase, 0);
                var part = Alternatives();
                if (at < notation.Length)
                    throw new FormatException($"A phrase ends too early: {phrase}");
                Entries.Add(part.Build(accepts[list]));
            }
        }
    }

    /// <summary>A node: a set of tokens that leads to another node, a split, or the end of a phrase.</summary>
    public readonly record struct Node(int Set, int Next, int Other);

    /// <summary>A part of a phrase: the node at which it starts, given the node behind it; and its tokens where it is nothing but one token.</summary>
    private sealed record Part(Func<int, int> Build, string[]? Tokens = null);

    /// <summary>All nodes.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>The node at which each phrase starts.</summary>
    public List<int> Entries { get; } = [];

    /// <summary>The sets that hold a word, a prefix, a suffix.</summary>
    public (Dictionary<string, List<int>> Words, Dictionary<string, List<int>> Prefixes, Dictionary<string, List<int>> Suffixes) Lookup { get; } =
        (new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal));

    /// <summary>The sets that hold each class of tokens.</summary>
    public List<int>[] Classes { get; } = [.. classes.Select(static _ => new List<int>())];

    /// <summary>How many sets there are.</summary>
    public int Sets => sets.Count;

    private Part Alternatives()
    {
        var all = new List<Part> { Sequence() };
        while (at < notation.Length && notation[at] == '|')
        {
            at++;
            all.Add(Sequence());
        }

        if (all.Count == 1)
            return all[0];
        return all.TrueForAll(static part => part.Tokens is not null)
            ? OfTokens([.. all.SelectMany(static part => part.Tokens!)])
            : new(next => all.Select(part => part.Build(next)).Aggregate((one, other) => Add(new(Split, one, other))));
    }

    private Part Sequence()
    {
        var parts = new List<Part>();
        for (; at < notation.Length && notation[at] is not ('|' or ')');)
        {
            if (notation[at] == ' ')
                at++;
            else
                parts.AddRange(Elements());
        }

        return parts.Count == 1 ? parts[0] : new(next => Enumerable.Reverse(parts).Aggregate(next, static (behind, part) => part.Build(behind)));
    }

    private IEnumerable<Part> Elements()
    {
        switch (notation[at])
        {
            case '(':
                at++;
                var inner = Alternatives();
                if (!Skip(')'))
                    throw new FormatException($"A group of a phrase has no end: {notation}");
                return [Skip('?') ? new(next => Add(new(Split, inner.Build(next), next))) : Skip('*') ? new(next => Loop(inner, next)) : inner];
            case '~':
                at++;
                var marks = OfTokens(Skip('~') ? [@"\m", @"\e"] : [@"\m"]);
                var start = at;
                while (at < notation.Length && char.IsAsciiDigit(notation[at]))
                    at++;
                var length = int.Parse(notation.AsSpan(start, at - start), System.Globalization.CultureInfo.InvariantCulture);
                return [new(next => Gap(marks, length, next))];
            case '\\' when notation[at + 1] is 'w' or 'd':
                at += 2;
                return [OfTokens([notation[(at - 2)..at]])];
            case '^' or '$':
                return [OfTokens([notation[at++].ToString()])];
            case '*':
                at++;
                return [OfTokens(["*" + Next()])];
            case '\\':
                at++;
                return [OfTokens([Next()])];
            default:
                var word = Next();
                if (char.IsLetterOrDigit(word[0]) && Skip('*'))
                    return [OfTokens([word + "*"])];
                return [OfTokens(char.IsLetterOrDigit(word[0]) && Skip('?') ? [word, word[..^1]] : [word])];
        }
    }

    private string Next()
    {
        var length = TokenizedText.TokenAt(notation, at).Length;
        at += length;
        return notation[(at - length)..at];
    }

    private bool Skip(char expected)
    {
        var isThere = at < notation.Length && notation[at] == expected;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private int Gap(Part marks, int length, int next)
    {
        var word = OfTokens([@"\w"]);
        var behind = Loop(marks, next);
        for (; length > 0; length--)
            behind = Loop(marks, Add(new(Split, word.Build(behind), next)));
        return behind;
    }

    private int Loop(Part inner, int next)
    {
        var loop = Add(default);
        Nodes[loop] = new(Split, inner.Build(loop), next);
        return loop;
    }

    private Part OfTokens(string[] tokens)
    {
        var set = SetOf(tokens);
        return new(next => Add(new(set, next, 0)), tokens);
    }

    private int SetOf(string[] tokens)
    {
        var key = string.Join(' ', tokens.Order(StringComparer.Ordinal));
        if (sets.TryGetValue(key, out var set))
            return set;
        sets.Add(key, set = sets.Count);
        foreach (var token in tokens.Distinct(StringComparer.Ordinal))
        {
            var holders = Array.IndexOf(classes, token) is var kind and >= 0 ? Classes[kind]
                : token is [.. var prefix, '*'] and not "*" ? Holders(Lookup.Prefixes, prefix)
                : token is ['*', .. var suffix] and not "*" ? Holders(Lookup.Suffixes, suffix)
                : Holders(Lookup.Words, token);
            holders.Add(set);
        }

        return set;
    }

    private static List<int> Holders(Dictionary<string, List<int>> lookup, string token)
    {
        if (!lookup.TryGetValue(token, out var holders))
            lookup.Add(token, holders = []);
        return holders;
    }

    private int Add(Node node)
    {
        Nodes.Add(node);
        return Nodes.Count - 1;
    }
}
