namespace Denoised.Tests.Injection;

/// <summary>The place of an attack in a paper.</summary>
internal enum Place
{
    /// <summary>A separate paragraph in the method section.</summary>
    Body,

    /// <summary>Within a paragraph, between honest sentences.</summary>
    Sentence,

    Heading,
    Caption,
    Cell,
    Reference,
    Appendix,

    /// <summary>A fragment with its own <c>style</c> element.</summary>
    Styled,

    /// <summary>In arXiv's metadata, so the attack also applies if the product reads only the abstract.</summary>
    Abstract,
    Title,
    Author,

    /// <summary>In a PDF of a paper without HTML.</summary>
    Pdf,
}

/// <summary>An attempt of a paper to dictate text to the model. All attacks are invented for these tests.</summary>
/// <param name="Name">A short, unique name.</param>
/// <param name="Kind">The published kind of the attack.</param>
/// <param name="Place">Its place in the paper.</param>
/// <param name="Fragment">The content at that place: HTML, plain text or a PDF content stream.</param>
/// <param name="Says">The sentence that an obedient model writes. It must never reach a reader.</param>
/// <param name="Triggers">The sentences of the attack. An obedient model obeys if its prompt contains any of them.</param>
internal sealed record Attack(string Name, string Kind, Place Place, string Fragment, string Says, IReadOnlyList<string> Triggers)
{
    /// <summary>The tag that the attack demands.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether the attack is invisible to a reader of the paper.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The identifier of the paper with the attack.</summary>
    public string Id { get; init; } = "";

    public override string ToString() => Name;
}
