using System.Globalization;
using System.Text;

namespace Denoised.Publishing.Citations;

/// <summary>Writes citations in the RIS format: one tag and value per line.</summary>
internal static class Ris
{
    /// <summary>Writes papers.</summary>
    public static string Write(IReadOnlyList<Citation> papers) => string.Join("\r\n", papers.Select(Write));

    private static string Write(Citation paper)
    {
        var text = new StringBuilder();
        Add("TY", "UNPB");
        Add("TI", Citation.PlainLine(paper.Title));
        foreach (var author in paper.Authors.Select(PersonName.Parse))
            Add("AU", author.Literal ?? string.Join(", ", new[] { author.FullFamily, author.Given, author.Suffix }.Where(part => !string.IsNullOrEmpty(part))));
        Add("PY", paper.Year);
        Add("DA", paper.Date.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture));
        Add("PB", "arXiv");
        Add("M1", $"arXiv:{paper.Id}");
        Add("DO", paper.Doi);
        Add("UR", paper.Address);
        if (paper.Abstract is { Length: > 0 } about)
            Add("AB", Citation.PlainLine(about));
        if (paper.JournalReference is { } journal)
            Add("N1", Citation.PlainLine(journal));
        Add("ER", "");
        return text.ToString();

        void Add(string tag, string value) => text.Append(tag).Append("  - ").Append(value).Append("\r\n");
    }
}
