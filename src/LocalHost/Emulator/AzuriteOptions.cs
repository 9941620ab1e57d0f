namespace Denoised.LocalHost.Emulator;

/// <summary>How an emulator is started.</summary>
internal sealed record AzuriteOptions
{
    /// <summary>The port of blobs; 0 takes a free one.</summary>
    public int BlobPort { get; init; }

    /// <summary>The port of queues; 0 takes a free one.</summary>
    public int QueuePort { get; init; }

    /// <summary>The port of tables; 0 takes a free one.</summary>
    public int TablePort { get; init; }

    /// <summary>Where it keeps its data; null keeps it in memory, and it is gone with the process.</summary>
    public string? DataFolder { get; init; }

    /// <summary>How many accounts there are beside the well-known one, so that tests need not see each other's data.</summary>
    public int ExtraAccounts { get; init; }
}
