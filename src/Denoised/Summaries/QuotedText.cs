using System.Text;
using Denoised.Arxiv.Text;

namespace Denoised.Summaries;

/// <summary>A paper's text as quotes are looked up in it: regardless of how it is set, and with the section that each place stands in.</summary>
internal sealed class QuotedText
{
    private readonly string text;
    private readonly List<(int Start, string? Heading, string? Anchor)> places = [];

    public QuotedText(PaperText paper)
    {
        var whole = new StringBuilder();
        Add("", null, paper.Title);
        Add("Abstract", null, paper.Abstract);
        foreach (var section in paper.Sections)
        {
            foreach (var block in section.Blocks)
                Add(section.Heading, section.Anchor, block.Text);
        }

        text = whole.ToString();

        void Add(string heading, string? anchor, string part)
        {
            places.Add((whole.Length, heading.Length > 0 ? heading : null, anchor));
            whole.Append(QuoteText.Normalize(part));
        }
    }

    /// <summary>Where a quote stands, or null where it does not.</summary>
    public (string? Section, string? Anchor)? Find(string quote)
    {
        var normalized = QuoteText.Normalize(quote.Trim().Trim('"', '“', '”', '…').Trim());
        if (normalized.Length == 0 || text.IndexOf(normalized, StringComparison.Ordinal) is var start && start < 0)
            return null;

        var place = places.FindLast(place => place.Start <= start);
        return (place.Heading, place.Anchor);
    }
}
