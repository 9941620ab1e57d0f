

using Denoised.Model;
using Denoised.Tests.Summaries.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>What was done to a digest.</summary>
internal enum CorruptionKind
{
    /// <summary>One digit of a number is another.</summary>
    Digit,

    /// <summary>A number is ten times as large.</summary>
    TimesTen,

    /// <summary>A number has another unit.</summary>
    Unit,

    /// <summary>A name is one that is nowhere in the paper.</summary>
    Name,

    /// <summary>A superlative or universal claim is added that the paper does not make.</summary>
    Overclaim,

    /// <summary>An instruction, a link, or praise for a reviewer is added.</summary>
    Instruction,

    /// <summary>A claim has the evidence of another claim.</summary>
    OtherEvidence,

    /// <summary>A number is another one of the paper's.</summary>
    NumberSwap,

    /// <summary>A name is another one of the paper's.</summary>
    NameSwap,

    /// <summary>A negation is dropped.</summary>
    Negation,

    /// <summary>A comparison is turned round.</summary>
    Comparison,
}

/// <summary>One fault, put into a digest that is otherwise as it was written.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Digest">To which digest.</param>
/// <param name="Item">To which part of it.</param>
/// <param name="Draft">The digest with the fault.</param>
/// <param name="Before">The changed place and its surroundings, before.</param>
/// <param name="After">The same after.</param>
internal sealed record Corruption(CorruptionKind Kind, Digest Digest, DraftItem Item, ModelDraft Draft, string Before, string After)
{
    // Wide enough to tell the place apart, narrow enough to survive when another sentence of the field is dropped.
    private const int Surroundings = 24;

    /// <summary>Whether a check can be asked to see it at all: what changes the sense within the paper's own words is only reported.</summary>
    public static bool HasFloor(CorruptionKind kind) => kind <= CorruptionKind.Instruction;

    /// <summary>Replaces a part of one item's text; null where nothing changes.</summary>
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

    /// <summary>One line that says it all.</summary>
    public override string ToString() => $"{Kind} | {Digest.Name} | {Item} | …{Before}… -> …{After}…";
}
