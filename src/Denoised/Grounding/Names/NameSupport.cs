using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Grounding.Names;

/// <summary>
/// Checks that the names in a sentence occur in its evidence (<see cref="NameCheck"/>), with their versions and sizes: "LLaMA 2 13B" is not "LLaMA 2
/// 34B".
/// </summary>
internal static class NameSupport
{
    /// <summary>Finds the names that do not occur in the evidence.</summary>
    public static IEnumerable<GroundingFinding> Find(Claim claim, EvidencePassage evidence)
    {
        // Most names occur in the evidence itself; only the others require its paragraph.
        var missing = NameCheck.Missing(claim.Plain, evidence.SentenceNames, evidence.Paper.Source.Names).Any()
            ? NameCheck.Missing(claim.Plain, evidence.Names, evidence.Paper.Source.Names)
            : [];

        // "Byte Pair Encoding (BPE)" for a paper that contains BPE.
        var spelled = Spelled.Matches(claim.Plain)
            .Where(match => evidence.Names.HasName(match.Groups["acronym"].ValueSpan)
                && IsSpelledBy(match.Groups["acronym"].Value, match.Groups["words"].Value))
            .SelectMany(match => match.Groups["words"].Value.Split(' ', '-')).ToHashSet(StringComparer.Ordinal);
        foreach (var name in missing.Where(name => !spelled.Contains(name)))
            yield return new(GroundingKind.Name, $"\"{name}\" does not stand in its evidence");
        // "GPU" does not name a method, but a paper that never mentions one does not support it.
        foreach (Match match in Acronym.Matches(claim.Plain))
        {
            var paper = evidence.Paper.Source.Names;
            var letters = match.Groups["letters"].Value;
            if (PlainWords.HasCapital(match.Value) && !paper.HasName(letters) && !paper.HasName(match.Value) && !paper.HasInitials(letters))
                yield return new(GroundingKind.Name, $"\"{match.Value}\" does not stand in the paper");
        }

        foreach (Match match in Versioned.Matches(claim.Plain))
        {
            var version = match.Groups["version"].Value;
            var name = match.Groups["name"].Value;

            // "Beyond 100 billion" starts a sentence and is not a name.
            if (match.Index == 0 && PlainWords.Contains(name))
                continue;
            if (!evidence.SentenceNames.HasName(match.Value)
                && (!evidence.SentenceNames.HasName(version) || (name.Any(char.IsAsciiDigit) && !evidence.SentenceNames.HasName(name))))
            {
                yield return new(GroundingKind.Name, $"\"{match.Value}\" does not stand in its evidence");
            }
        }
    }

    private static bool IsSpelledBy(string acronym, string words) =>
        string.Concat(words.Split(' ', '-').Where(word => word.Length > 0 && char.IsUpper(word[0])).Select(word => word[0]))
        .Equals(acronym, StringComparison.Ordinal);

    private static readonly LinearRegex Spelled = new(@"(?<words>\p{Lu}[\p{L}-]+( \p{L}[\p{L}-]+){1,5}) \((?<acronym>\p{Lu}{2,6})\)");

    private static readonly LinearRegex Acronym = new(@"\b(?<letters>\p{Lu}{2,})s?\b");

    // A name and a following token that starts with a digit: "GPT-4", "LLaMA 2 13B", "Claude Opus 4.6", "7B MoE".
    private static readonly LinearRegex Versioned = new(
        @"(?<name>\p{L}*(\p{Ll}\p{Lu}|\p{Lu}\p{Lu})[\p{L}\d]*( ?\d[\d.]*)?|\p{Lu}\p{Ll}+)[- ](?<version>\d+(\.\d+)*[BKMTbkm]?|[IVX]+)\b");
}
