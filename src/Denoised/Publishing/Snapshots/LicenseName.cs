using Denoised.Text;

namespace Denoised.Publishing.Snapshots;

/// <summary>Names a licence by its address.</summary>
internal static class LicenseName
{
    private static readonly LinearRegex Known = new(@"^https?://(?<site>creativecommons|arxiv)\.org/(licenses|publicdomain)/(?<code>[a-z-]+)/(?<version>[0-9.]+)/?$");

    /// <summary>The name of the licence, or its address if arXiv does not offer that licence.</summary>
    public static string Of(string address)
    {
        if (Known.Match(address) is not { Success: true } match)
            return address;
        var (code, version) = (match.Groups["code"].Value, match.Groups["version"].Value);
        return match.Groups["site"].Value == "arxiv" ? code == "nonexclusive-distrib" ? $"arXiv non-exclusive distribution {version}" : address
            : code == "zero" ? $"CC0 {version}"
            : $"CC {code.ToUpperInvariant()} {version}";
    }
}
