namespace Denoised.Papers;

/// <summary>
/// Invented papers that show what the page looks like before any listing could be read. Only the local host registers them;
/// where nothing is registered, there are none.
/// </summary>
public interface ISamplePapers
{
    /// <summary>The papers of the sample day, in order.</summary>
    IReadOnlyList<AnnouncedPaper> Read();
}
