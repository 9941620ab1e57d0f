using System.Text.RegularExpressions;

namespace Denoised.Papers;

/// <summary>
/// Recognises the notes by which arXiv marks a withdrawn paper ("This paper has been withdrawn by the author(s)", in the comment or
/// in place of the abstract). Source: https://info.arxiv.org/help/withdraw.html.
/// </summary>
internal static class Withdrawal
{
    /// <summary>Whether a comment or an abstract says that the paper itself is withdrawn (not some method or dataset in it).</summary>
    public static bool IsNotedIn(string? text) => text is not null && Pattern.IsMatch(text);

    private static readonly LinearRegex Pattern = new(
        @"\b(this|the|our)\s+(paper|article|manuscript|submission|preprint|work|version|report)\s+(has\s+been|is|was|is\s+being|had\s+been)\s+(temporarily\s+)?(withdrawn|retracted)\b|^\s*(withdrawn|retracted)\b|\b(paper|submission|article|manuscript)\s+withdrawn\b|\bwithdrawn\s+(by\s+(the\s+)?(author|arxiv)|from\s+arxiv|due\s+to)|\b(we|the\s+authors?|i)\s+(have\s+|has\s+)?(withdraw|withdrawn|withdrew)\s+(this|the)\s+(paper|article|manuscript|submission|preprint|work)\b", RegexOptions.IgnoreCase);
}
