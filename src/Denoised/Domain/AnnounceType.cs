using System.Text.Json.Serialization;

namespace Denoised.Domain;

/// <summary>How a listing announces a paper (<c>arxiv:announce_type</c> in the feed).</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AnnounceType>))]
public enum AnnounceType
{
    /// <summary>A new paper in its primary category.</summary>
    New,

    /// <summary>A new paper in a category other than its primary one (cross-listing).</summary>
    Cross,

    /// <summary>A new version in the paper's primary category.</summary>
    Replace,

    /// <summary>A new version in a category other than the primary one.</summary>
    ReplaceCross,
}
