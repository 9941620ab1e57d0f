namespace Denoised.Simulators;

/// <summary>
/// Finds the real input that is no part of the tree: <c>../shared/data</c> beside the repository, or where <c>DENOISED_REAL_DATA</c> points.
/// </summary>
public static class RealData
{
    /// <summary>Whether its absence is an error instead of a reason to skip a test.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("DENOISED_REQUIRE_REAL_DATA") == "1";

    /// <summary>The folder or file at a path below it, or null where it is absent.</summary>
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
