using System.Globalization;
using System.Text.RegularExpressions;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Text;

namespace Denoised.Publishing.Pages;

/// <summary>Builds the address of a prefilled error report; <c>frontend/src/templates/contexts.ts</c> implements the same.</summary>
internal static class ErrorReport
{
    /// <summary>
    /// Builds the address to open. A new-issue page gets <c>title</c> and <c>body</c>, a mailbox <c>subject</c> and <c>body</c>, any other page the
    /// paper as <c>id</c>.
    /// </summary>
    /// <param name="to">The configured destination.</param>
    /// <param name="paper">The paper.</param>
    /// <param name="site">The site's address with a trailing slash, if configured.</param>
    /// <returns>Null without a configured destination, and for samples.</returns>
    public static string? AddressOf(string? to, PaperView paper, string? site)
    {
        if (string.IsNullOrEmpty(to) || paper.Sample)
            return null;

        var isMail = to.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
        var parts = to.Split('#', 2);
        var version = string.Create(CultureInfo.InvariantCulture, $"{paper.Id}v{paper.Version}");
        var query = isMail || NewIssue.IsMatch(parts[0])
            ? $"{(isMail ? "subject" : "title")}={Uri.EscapeDataString($"Error in the summary of arXiv:{version}")}"
                + $"&body={Uri.EscapeDataString(string.Join(isMail ? "\r\n" : "\n", Body(paper, version, site)))}"
            : $"id={Uri.EscapeDataString(version)}";
        return $"{parts[0]}{(parts[0].Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}{(parts.Length > 1 ? $"#{parts[1]}" : "")}";
    }

    private static IEnumerable<string> Body(PaperView paper, string version, string? site)
    {
        var provenance = paper.Summary.Provenance;
        yield return "What is wrong:";
        yield return "";
        yield return "";
        yield return $"Paper: arXiv:{version}";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Summary: {provenance.PromptVersion}{(provenance.Model is { } model ? $", {model}" : "")}, of version {provenance.PaperVersion}");
        if (site is not null)
            yield return $"Page: {site}papers/{paper.Id.Key}/";
    }

    private static readonly LinearRegex NewIssue = new(@"/issues/new(\?|$)");
}
