namespace Denoised.Tests.Injection;

/// <summary>Where in a paper an attack stands.</summary>
internal enum Place
{
    /// <summary>In the method's section, as a paragraph of its own.</summary>
    Body,

    /// <summary>Within a paragraph, between honest sentences.</summary>
    Sentence,

    Heading,
    Caption,
    Cell,
    Reference,
    Appendix,

    /// <summary>In the page's style sheet's reach: the fragment brings its own <c>style</c> element.</summary>
    Styled,

    /// <summary>In the metadata that arXiv gives out, so also where only the abstract is read.</summary>
    Abstract,
    Title,
    Author,

    /// <summary>In a PDF; the page has no HTML.</summary>
    Pdf,
}

/// <summary>One attempt of a paper to make a model say something. All of it is invented for these tests.</summary>
/// <param name="Name">Short, unique.</param>
/// <param name="Kind">The published kind that it is of.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Fragment">As it stands there: HTML, plain text, or a PDF's content stream.</param>
/// <param name="Says">What a model that obeys is made to say; nobody may read it.</param>
/// <param name="Triggers">What an obeying model must be shown, any of them, to obey: the sentences of the attack.</param>
internal sealed record Attack(string Name, string Kind, Place Place, string Fragment, string Says, IReadOnlyList<string> Triggers)
{
    /// <summary>A tag that it demands.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether no reader of the paper could see it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The identifier of the paper that carries it.</summary>
    public string Id { get; init; } = "";

    public override string ToString() => Name;
}
