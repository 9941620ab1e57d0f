namespace Denoised.Text;

/// <summary>A matched phrase: its list, its first token, and the end token (exclusive).</summary>
internal readonly record struct PhraseMatch(int List, int Start, int End);

/// <summary>
/// Finds phrases of several lists in one pass over the tokens of a text. All lists share one automaton with a few nodes per word. Each token visits
/// each node at most once, so the time is at most proportional to tokens × nodes. <see cref="PhraseCompiler"/> documents the notation.
/// </summary>
internal sealed class PhraseMatcher
{
    private readonly PhraseCompiler.Node[] nodes;
    private readonly int[][] starts;
    private readonly int[][] classes;
    private readonly Dictionary<string, int[]> words;
    private readonly Dictionary<string, int[]> prefixes;
    private readonly Dictionary<string, int[]> suffixes;
    private readonly int longest;

    /// <summary>Compiles lists of phrases. Each match carries the index of its list.</summary>
    public PhraseMatcher(params string[][] lists)
    {
        var compiler = new PhraseCompiler(lists);
        nodes = [.. compiler.Nodes];
        classes = [.. compiler.Classes.Select(static sets => sets.ToArray())];
        words = Frozen(compiler.Lookup.Words);
        prefixes = Frozen(compiler.Lookup.Prefixes);
        suffixes = Frozen(compiler.Lookup.Suffixes);
        longest = prefixes.Keys.Concat(suffixes.Keys).Select(static part => part.Length).DefaultIfEmpty().Max();
        starts = StartsBySet(compiler);
    }

    /// <summary>The number of nodes in the automaton. Each token takes at most five steps per node.</summary>
    public int Nodes => nodes.Length;

    /// <summary>The lists that match a text, as one bit each.</summary>
    public ulong ListsIn(TokenizedText text) => Find(text).Aggregate(0UL, static (lists, match) => lists | 1UL << match.List);

    /// <summary>Whether any phrase matches a text.</summary>
    public bool IsMatch(TokenizedText text) => Find(text).Count > 0;

    /// <summary>
    /// The non-overlapping matches of one list, from the first on. Of matches with the same start, takes the longest, or optionally the shortest.
    /// </summary>
    public static IEnumerable<PhraseMatch> WithoutOverlaps(IEnumerable<PhraseMatch> matches, bool isShortest = false)
    {
        var behind = 0;
        foreach (var match in matches.OrderBy(static match => match.Start).ThenBy(match => isShortest ? match.End : -match.End))
        {
            if (match.Start < behind)
                continue;
            behind = match.End;
            yield return match;
        }
    }

    /// <summary>All matches, ordered by end. Of matches of one list with the same end, only the one with the earliest start.</summary>
    public List<PhraseMatch> Find(TokenizedText text) => Find(text, out _);

    /// <inheritdoc cref="Find(TokenizedText)"/>
    internal List<PhraseMatch> Find(TokenizedText text, out long steps)
    {
        var run = new Run(nodes, new int[nodes.Length]);
        var held = new int[starts.Length];
        var found = new List<int>();
        for (var index = 0; index < text.Tokens.Count; index++)
        {
            found.Clear();
            AddSets(text, index, found);
            foreach (var set in found)
                held[set] = index + 1;
            run.Advance(index, held);
            foreach (var set in found)
            {
                foreach (var target in starts[set])
                    run.Reach(target, index, index + 1);
            }
        }

        steps = run.Steps;
        return run.Found;
    }

    private void AddSets(TokenizedText text, int index, List<int> found)
    {
        var word = text[index];
        var kind = text.Tokens[index].Class;
        found.AddRange(classes[(int)kind]);
        if (kind == TokenClass.Number)
            found.AddRange(classes[(int)TokenClass.Word]);
        if (words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var sets))
            found.AddRange(sets);
        for (var length = Math.Min(word.Length, longest); length > 0; length--)
        {
            if (prefixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word[..length], out sets))
                found.AddRange(sets);
            if (length + PhraseCompiler.BeforeSuffix <= word.Length && suffixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word[^length..], out sets))
                found.AddRange(sets);
        }
    }

    private static Dictionary<string, int[]> Frozen(Dictionary<string, List<int>> lookup) =>
        lookup.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToArray(), StringComparer.Ordinal);

    // For each token set, the nodes that a token at the start of a phrase reaches. Other phrases need no work.
    private static int[][] StartsBySet(PhraseCompiler compiler)
    {
        var targets = Enumerable.Range(0, compiler.Sets).Select(static _ => new List<int>()).ToArray();
        var seen = new HashSet<int>();
        for (var open = new Stack<int>(compiler.Entries); open.TryPop(out var at);)
        {
            if (!seen.Add(at))
                continue;
            var node = compiler.Nodes[at];
            if (node.Set == PhraseCompiler.Accept)
                throw new FormatException("A phrase matches nothing.");
            if (node.Set == PhraseCompiler.Split)
            {
                open.Push(node.Next);
                open.Push(node.Other);
            }
            else
            {
                targets[node.Set].Add(node.Next);
            }
        }

        return [.. targets.Select(static ofSet => ofSet.Distinct().ToArray())];
    }

    /// <summary>One pass over a text. Pending nodes are ordered by the start of their phrase, so the earliest start reaches a node first.</summary>
    private sealed class Run(PhraseCompiler.Node[] nodes, int[] reached)
    {
        private readonly Stack<int> open = new();
        private List<(int Node, int Start)> waiting = [];
        private List<(int Node, int Start)> next = [];

        public List<PhraseMatch> Found { get; } = [];

        public long Steps { get; private set; }

        public void Advance(int index, int[] held)
        {
            (waiting, next) = (next, waiting);
            next.Clear();
            foreach (var (node, start) in waiting)
            {
                Steps++;
                if (held[nodes[node].Set] == index + 1)
                    Reach(nodes[node].Next, start, index + 1);
            }
        }

        public void Reach(int target, int start, int end)
        {
            for (open.Push(target); open.TryPop(out var at);)
            {
                Steps++;
                if (reached[at] == end)
                    continue;
                reached[at] = end;
                var node = nodes[at];
                if (node.Set == PhraseCompiler.Accept)
                {
                    Found.Add(new(node.Next, start, end));
                }
                else if (node.Set == PhraseCompiler.Split)
                {
                    open.Push(node.Other);
                    open.Push(node.Next);
                }
                else
                {
                    next.Add((at, start));
                }
            }
        }
    }
}
