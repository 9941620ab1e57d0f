using Denoised.Simulators;

namespace Denoised.Tests;

/// <summary>Real input for tests. Without it a test is skipped, or fails if <c>DENOISED_REQUIRE_REAL_DATA=1</c>.</summary>
internal static class RealInput
{
    /// <summary>Returns the path of a folder or file below the real data, such as <c>arxiv/listings</c>.</summary>
    public static string Path(string path)
    {
        if (RealData.Find(path) is { } found)
            return found;
        if (RealData.IsRequired)
            Assert.Fail($"The real data is required, and {path} is not in it.");
        Assert.Skip($"The real data (../shared/data/{path}) is not on this machine.");
        return "";
    }
}
