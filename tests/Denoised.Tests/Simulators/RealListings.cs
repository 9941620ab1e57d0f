namespace Denoised.Tests.Simulators;

/// <summary>Finds the real listings, which are not in this repository.</summary>
internal static class RealListings
{
    /// <summary>The folder of the listings. Without it the test is skipped, or fails if <c>DENOISED_REQUIRE_REAL_DATA=1</c>.</summary>
    public static string Folder()
    {
        var root = Environment.GetEnvironmentVariable("DENOISED_REAL_DATA") is { Length: > 0 } named ? named : Beside();
        var folder = root is null ? null : Path.Combine(root, "arxiv", "listings");
        if (folder is not null && Directory.Exists(folder))
            return folder;
        if (Environment.GetEnvironmentVariable("DENOISED_REQUIRE_REAL_DATA") == "1")
            Assert.Fail($"The real listings are required and not at '{folder ?? "../shared/data/arxiv/listings"}'.");
        Assert.Skip("The real listings (../shared/data/arxiv/listings) are not on this machine.");
        return "";
    }

    private static string? Beside()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Functions.sln")))
                return Path.Combine(at.Parent!.FullName, "shared", "data");
        }

        return null;
    }
}
