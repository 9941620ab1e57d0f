namespace Denoised.Simulators;

/// <summary>
/// Locates real input data outside the repository: <c>../shared/data</c> beside it, or the folder in <c>DENOISED_REAL_DATA</c>.
/// </summary>
public static class RealData
{
    /// <summary>Whether missing data fails a test instead of skipping it.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("DENOISED_REQUIRE_REAL_DATA") == "1";

    private static string Root => Environment.GetEnvironmentVariable("DENOISED_REAL_DATA") is { Length: > 0 } configured
        ? configured
        : RepositoryFolder.PathOf("..", "shared", "data");

    /// <summary>Finds a file or folder by its path below the data folder; null if it does not exist.</summary>
    public static string? Find(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, path));
        return Path.Exists(full) ? full : null;
    }
}
