namespace Denoised.Summaries;

/// <summary>The role of a sentence in an abstract. The order is that of the scores in <see cref="RoleModel"/>.</summary>
internal enum SentenceRole
{
    /// <summary>Background, or what is missing or hard.</summary>
    Problem,

    /// <summary>What the paper contributes.</summary>
    Contribution,

    /// <summary>How the work is done.</summary>
    Method,

    /// <summary>A finding.</summary>
    Result,

    /// <summary>A consequence or an outlook.</summary>
    Implication,

    /// <summary>Not about the research: where the code is, that the paper is accepted or withdrawn.</summary>
    Aside,
}
