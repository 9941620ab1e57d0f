using Azure.Data.Tables;

namespace Denoised.Tests;

/// <summary>
/// The storage that tests run against: the connection string in <c>DENOISED_TEST_STORAGE</c>, Azurite or a real account. A test that
/// needs it is skipped where there is none. Tables are shared by all tests of a run, so each test takes names of its own.
/// </summary>
public sealed class StorageFixture
{
    private readonly string? connection = Environment.GetEnvironmentVariable("DENOISED_TEST_STORAGE");

    /// <summary>Whether there is storage to test against.</summary>
    public bool IsThere => !string.IsNullOrEmpty(connection);

    /// <summary>A client of the table service; skips the test without storage.</summary>
    public TableServiceClient Tables()
    {
        Assert.SkipUnless(IsThere, "DENOISED_TEST_STORAGE names no storage (Azurite will do).");
        return new TableServiceClient(connection);
    }
}
