using Denoised.Arxiv.Text;

namespace Denoised.Summaries.Checks;

/// <summary>Finds in a model's text what a manipulated paper made it say.</summary>
internal static class InjectionResidue
{
    /// <summary>What was found, as it stands in a sentence behind "holds"; null where there is nothing.</summary>
    /// <param name="text">One text of a draft.</param>
    /// <param name="paper">The paper that it was written from, which may be about such things itself.</param>
    public static string? Find(string text, PaperText paper)
    {
        _ = paper;
        return Markup.Find(text);
    }
}
