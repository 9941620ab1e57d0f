using Denoised.Text;

namespace Denoised.Publishing.Snapshots;

/// <summary>Finds the addresses of code repositories.</summary>
internal static class CodeRepositories
{
    private const string GitExtension = ".git";

    /// <summary>The distinct addresses in a text, without the path after the repository's name.</summary>
    public static IReadOnlyList<string> FindIn(string text) =>
        [.. Repository.Matches(text)
            .Select(match => $"https://{match.Groups["host"].Value}/{WithoutExtension(match.Groups["path"].Value)}")
            .Distinct(StringComparer.Ordinal)];

    private static string WithoutExtension(string path) => path.EndsWith(GitExtension, StringComparison.Ordinal) ? path[..^GitExtension.Length] : path;

    private static readonly LinearRegex Repository = new(
        "(https?://)?(?<host>github\\.com|gitlab\\.com|bitbucket\\.org|codeberg\\.org|huggingface\\.co)/(?<path>[A-Za-z0-9_-]+/[A-Za-z0-9_.-]*[A-Za-z0-9_-])");
}
