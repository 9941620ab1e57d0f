namespace Denoised.Summaries;

/// <summary>The role of a sentence in an abstract, in the order of the scores in <see cref="RoleModel"/>.</summary>
internal enum SentenceRole
{
    /// <summary>Background, or a gap or difficulty.</summary>
    Problem,

    /// <summary>The contribution of the paper.</summary>
    Contribution,

    /// <summary>The method.</summary>
    Method,

    /// <summary>A finding.</summary>
    Result,

    /// <summary>A consequence or an outlook.</summary>
    Implication,

    /// <summary>A remark that is not about the research, such as the address of the code, an acceptance or a withdrawal.</summary>
    Aside,
}
