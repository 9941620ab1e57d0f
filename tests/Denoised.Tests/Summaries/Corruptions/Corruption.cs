using Denoised.Model;
using Denoised.TestSupport.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>The kind of change to a digest.</summary>
internal enum CorruptionKind
{
    /// <summary>Changes one digit of a number.</summary>
    Digit,

    /// <summary>Multiplies a number by ten.</summary>
    TimesTen,

    /// <summary>Changes the unit of a number.</summary>
    Unit,

    /// <summary>Replaces a name with one that is not in the paper.</summary>
    Name,

    /// <summary>Adds a superlative or universal claim that the paper does not make.</summary>
    Overclaim,

    /// <summary>Adds an instruction, a link or praise for a reviewer.</summary>
    Instruction,

    /// <summary>Replaces the evidence of a claim with that of another claim.</summary>
    OtherEvidence,

    /// <summary>Replaces a number with another number of the paper.</summary>
    NumberSwap,

    /// <summary>Replaces a name with another name of the paper.</summary>
    NameSwap,

    /// <summary>Removes a negation.</summary>
    Negation,

    /// <summary>Reverses a comparison.</summary>
    Comparison,
}

/// <summary>A single fault in an otherwise original digest.</summary>
/// <param name="Kind">The kind of the fault.</param>
/// <param name="Digest">The original digest.</param>
/// <param name="Item">The text with the fault.</param>
/// <param name="Draft">The digest with the fault.</param>
/// <param name="Before">The changed place and its surroundings before the change.</param>
/// <param name="After">The changed place and its surroundings after the change.</param>
internal sealed record Corruption(CorruptionKind Kind, Digest Digest, DraftItem Item, ModelDraft Draft, string Before, string After)
{
    // Long enough to identify the place, short enough to survive if the checks drop another sentence of the field.
    private const int Surroundings = 24;

    /// <summary>
    /// Whether a minimum share of the faults must be caught. Faults that change the meaning within the words of the paper are only reported.
    /// </summary>
    public static bool HasFloor(CorruptionKind kind) => kind <= CorruptionKind.Instruction;

    /// <summary>Replaces a part of one text; returns null if nothing changes.</summary>
    public static Corruption? Of(CorruptionKind kind, Digest digest, DraftItem item, int start, int length, string replacement)
    {
        var text = item.Of(digest.Draft)!;
        var changed = text[..start] + replacement + text[(start + length)..];
        if (changed == text)
            return null;

        var (from, behind) = (Math.Max(0, start - Surroundings), Math.Min(text.Length, start + length + Surroundings) - start - length);
        return new Corruption(
            kind, digest, item, item.With(digest.Draft, changed), text[from..(start + length + behind)], changed[from..(start + replacement.Length + behind)]);
    }

    /// <summary>A description of the fault in one line.</summary>
    public override string ToString() => $"{Kind} | {Digest.Name} | {Item} | …{Before}… -> …{After}…";
}
