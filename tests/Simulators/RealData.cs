namespace Denoised.Simulators;

/// <summary>
/// Locates real input data outside the repository: <c>../shared/data</c> beside it, or the folder in <c>DENOISED_REAL_DATA</c>.
/// </summary>
public static class RealData
{
    /// <summary>Whether missing data fails a test instead of skipping it.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("DENOISED_REQUIRE_REAL_DATA") == "1";

    /// <summary>Finds a file or folder by its path below the data folder; null if it does not exist.</summary>
    public static string? Find(string path)
    {
        var root = Environment.GetEnvironmentVariable("DENOISED_REAL_DATA") is { Length: > 0 } named ? named : Beside();
        var full = root is null ? null : Path.GetFullPath(Path.Combine(root, path));
        return Path.Exists(full) ? full : null;
    }

    private static string? Beside()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Functions.sln")))
                return Path.Combine(at.FullName, "..", "shared", "data");
        }

        return null;
    }
}
