using System.Text;

namespace Denoised.Arxiv.Text;

/// <summary>Text that stands in the file, but that a reader of the paper cannot see.</summary>
/// <param name="Kind">How it was hidden.</param>
/// <param name="Characters">How many characters were removed.</param>
/// <param name="Sample">The first of them, at most <see cref="HiddenTextLog.SampleLength"/> characters, white space collapsed; of zero-width characters their code points.</param>
public sealed record HiddenText(HiddenTextKind Kind, int Characters, string Sample);

/// <summary>How text was hidden.</summary>
public enum HiddenTextKind
{
    /// <summary>The colour of the paper on the paper.</summary>
    White,

    /// <summary>Too small to be read.</summary>
    Tiny,

    /// <summary>Outside the page.</summary>
    OffPage,

    /// <summary>Not drawn: display:none, visibility:hidden, opacity 0, invisible rendering mode, phantoms.</summary>
    NotDrawn,

    /// <summary>Characters without width or shape: zero-width spaces, bidirectional controls, tag characters.</summary>
    ZeroWidth,
}

/// <summary>Collects findings of hidden text, one for each stretch of it.</summary>
public sealed class HiddenTextLog
{
    /// <summary>More findings than this are counted into the last one of their kind.</summary>
    public const int MaxFindings = 50;

    /// <summary>The longest sample kept.</summary>
    public const int SampleLength = 120;

    private readonly List<HiddenText> findings = [];

    /// <summary>What was found, in reading order.</summary>
    public IReadOnlyList<HiddenText> Findings => findings;

    /// <summary>Records a stretch of hidden text; without a letter or digit in it, it hides nothing and is not recorded.</summary>
    public void Add(HiddenTextKind kind, string text)
    {
        var clean = Characters.CollapseWhiteSpace(Characters.WithoutInvisible(text, hidden: null));
        var characters = clean.Count(char.IsLetterOrDigit);
        if (characters > 0)
            Record(kind, clean.Length, clean);
    }

    /// <summary>Records characters that cannot be seen.</summary>
    public void AddInvisible(IReadOnlyCollection<Rune> runes)
    {
        if (runes.Count > 0)
            Record(HiddenTextKind.ZeroWidth, runes.Count, string.Join(' ', runes.Take(12).Select(rune => $"U+{rune.Value:X4}")));
    }

    private void Record(HiddenTextKind kind, int characters, string sample)
    {
        var last = findings.Count >= MaxFindings || kind is HiddenTextKind.ZeroWidth ? findings.FindLastIndex(finding => finding.Kind == kind) : -1;
        if (last >= 0)
            findings[last] = findings[last] with { Characters = findings[last].Characters + characters };
        else if (findings.Count < MaxFindings + 5)
            findings.Add(new HiddenText(kind, characters, Characters.Shorten(sample, SampleLength)));
    }
}
