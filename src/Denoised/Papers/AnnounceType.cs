namespace Denoised.Papers;

/// <summary>How a listing announces a paper (<c>arxiv:announce_type</c> in the feed).</summary>
public enum AnnounceType
{
    /// <summary>A new paper, listed under its primary category.</summary>
    New,

    /// <summary>A new paper, listed under a category that is not its primary one.</summary>
    Cross,

    /// <summary>A new version of a paper.</summary>
    Replace,

    /// <summary>A new version, listed under a category that is not the primary one.</summary>
    ReplaceCross,
}
