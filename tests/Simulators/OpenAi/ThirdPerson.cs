using System.Text.RegularExpressions;

namespace Denoised.Simulators.OpenAi;

/// <summary>Rewrites authors' sentences in the third person.</summary>
public static partial class ThirdPerson
{
    /// <summary>Replaces the first-person pronouns of a sentence.</summary>
    public static string Of(string sentence) => FirstPerson().Replace(sentence, static match =>
    {
        var said = match.Value.ToUpperInvariant() switch
        {
            "WE" => "the authors",
            "US" => "them",
            "OURS" => "theirs",
            "OURSELVES" => "themselves",
            _ => "their",
        };
        return char.IsUpper(match.Value[0]) ? char.ToUpperInvariant(said[0]) + said[1..] : said;
    });

    [GeneratedRegex(@"\b(we|us|our|ours|ourselves|my)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex FirstPerson();
}
