using System.Text.RegularExpressions;

namespace Denoised.Simulators.OpenAi;

/// <summary>What authors say of themselves, said of them.</summary>
public static partial class ThirdPerson
{
    /// <summary>A sentence of the authors as somebody else would write it.</summary>
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
