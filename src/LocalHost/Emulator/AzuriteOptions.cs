namespace Denoised.LocalHost.Emulator;

/// <summary>Start options of the storage emulator.</summary>
internal sealed record AzuriteOptions
{
    /// <summary>The blob port; 0 selects a free one.</summary>
    public int BlobPort { get; init; }

    /// <summary>The queue port; 0 selects a free one.</summary>
    public int QueuePort { get; init; }

    /// <summary>The table port; 0 selects a free one.</summary>
    public int TablePort { get; init; }

    /// <summary>The data folder; null keeps data in memory until the process ends.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The number of accounts in addition to the well-known one. Separate accounts isolate tests from each other.</summary>
    public int ExtraAccounts { get; init; }
}
