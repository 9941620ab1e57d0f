namespace Denoised.Text;

/// <summary>
/// Compiles phrases into one automaton over tokens. Notation:
/// <list type="bullet">
/// <item>Words and punctuation marks match themselves.</item>
/// <item><c>word*</c> matches words with this prefix, <c>*word</c> words with this suffix after at least three letters.</item>
/// <item><c>words?</c> matches the word with or without its last letter.</item>
/// <item><c>\w</c> matches any word, <c>\d</c> a number.</item>
/// <item><c>\</c> escapes a punctuation mark of this notation.</item>
/// <item><c>(a|b c)</c>, <c>(a)?</c> and <c>(a)*</c> work as in regular expressions.</item>
/// <item><c>^</c> and <c>$</c> match the start and the end of the text.</item>
/// <item><c>~4</c> matches up to four words and any marks within a sentence, <c>~~4</c> also across its end.</item>
/// </list>
/// </summary>
internal sealed class PhraseCompiler
{
    /// <summary>Value of <see cref="Node.Set"/>: both successors are reached without consuming a token.</summary>
    public const int Split = -1;

    /// <summary>Value of <see cref="Node.Set"/>: a phrase of the list <see cref="Node.Next"/> ends here.</summary>
    public const int Accept = -2;

    /// <summary>The minimum number of letters before a suffix: "*est" does not match "test".</summary>
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

    /// <summary>A node: a transition on a set of tokens, a split, or the end of a phrase.</summary>
    public readonly record struct Node(int Set, int Next, int Other);

    /// <summary>
    /// A part of a phrase. <c>Build</c> adds its nodes before a given node and returns the first; <c>Tokens</c> is set if the part is a single
    /// token.
    /// </summary>
    private sealed record Part(Func<int, int> Build, string[]? Tokens = null);

    /// <summary>All nodes of the automaton.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>The start node of each phrase.</summary>
    public List<int> Entries { get; } = [];

    /// <summary>The token sets that contain a word, prefix or suffix.</summary>
    public (Dictionary<string, List<int>> Words, Dictionary<string, List<int>> Prefixes, Dictionary<string, List<int>> Suffixes) Lookup { get; } =
        (new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal));

    /// <summary>The token sets that contain each token class.</summary>
    public List<int>[] Classes { get; } = [.. classes.Select(static _ => new List<int>())];

    /// <summary>The number of token sets.</summary>
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
