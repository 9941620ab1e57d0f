using System.Text;
using Denoised.Arxiv.Feeds;

namespace Denoised.Text;

/// <summary>Text in the file that is invisible to readers of the paper.</summary>
/// <param name="Kind">How the text is hidden.</param>
/// <param name="Characters">The number of removed characters.</param>
/// <param name="Sample">
/// The first <see cref="HiddenTextLog.SampleLength"/> characters at most, with white space collapsed; code points for zero-width characters.
/// </param>
public sealed record HiddenText(HiddenTextKind Kind, int Characters, string Sample);

/// <summary>How text is hidden.</summary>
public enum HiddenTextKind
{
    /// <summary>In the colour of the background.</summary>
    White,

    /// <summary>Too small to read.</summary>
    Tiny,

    /// <summary>Outside the page.</summary>
    OffPage,

    /// <summary>Not drawn: display:none, visibility:hidden, opacity 0, invisible rendering mode, phantoms.</summary>
    NotDrawn,

    /// <summary>Characters without width or shape: zero-width spaces, bidirectional controls, tag characters.</summary>
    ZeroWidth,
}

/// <summary>Collects findings of hidden text, one for each contiguous passage.</summary>
public sealed class HiddenTextLog
{
    /// <summary>The maximum number of findings. Later ones add to the count of the last finding of the same kind.</summary>
    public const int MaxFindings = 50;

    /// <summary>The maximum length of a sample.</summary>
    public const int SampleLength = 120;

    private readonly List<HiddenText> findings = [];

    /// <summary>The findings in reading order.</summary>
    public IReadOnlyList<HiddenText> Findings => findings;

    /// <summary>Records hidden text, unless it contains no letter or digit.</summary>
    public void Add(HiddenTextKind kind, string text)
    {
        var clean = Characters.CollapseWhiteSpace(Characters.RemoveInvisible(text, hidden: null));
        var characters = clean.Count(char.IsLetterOrDigit);
        if (characters > 0)
            Record(kind, clean.Length, clean);
    }

    /// <summary>Records invisible characters.</summary>
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
