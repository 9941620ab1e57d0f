using Denoised.Text;

namespace Denoised.Domain;

/// <summary>
/// Recognises arXiv's notes on withdrawn papers ("This paper has been withdrawn by the author(s)"), in the comment or in place of the abstract.
/// Source: https://info.arxiv.org/help/withdraw.html.
/// </summary>
internal static class Withdrawal
{
    /// <summary>Whether a comment or abstract states that the paper itself is withdrawn, rather than a method or dataset in it.</summary>
    public static bool IsNotedIn(string? text) => text is not null && notes.IsMatch(new TokenizedText(text));

    private static readonly PhraseMatcher notes = new(
    [
        "(this|the|our) (paper|article|manuscript|submission|preprint|work|version|report) (has been|is|was|is being|had been) (temporarily)?"
            + " (withdrawn|retracted)",
        "^ (withdrawn|retracted)", "(paper|submission|article|manuscript) withdrawn",
        "withdrawn (by (the)? (author*|arxiv*)|from arxiv|due to)",
        "(we|the authors?|i) (have|has)? (withdraw|withdrawn|withdrew) (this|the) (paper|article|manuscript|submission|preprint|work)",
    ]);
}
