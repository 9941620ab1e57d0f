namespace Denoised.PaperText.Pdf;

/// <summary>The resource limits for reading one PDF.</summary>
/// <param name="MaxBytes">The maximum size of the file.</param>
/// <param name="MaxPages">The maximum number of pages. Further pages are skipped and counted.</param>
/// <param name="ProcessorTime">The processor time of the child process, which is independent of the load on the machine.</param>
/// <param name="Timeout">The wall time after which the child process is killed, even if it is idle.</param>
/// <param name="MaxMemoryBytes">The maximum working set of the child process.</param>
public sealed record PdfReadLimits(long MaxBytes, int MaxPages, TimeSpan ProcessorTime, TimeSpan Timeout, long MaxMemoryBytes)
{
    /// <summary>50 MB, 80 pages, 30 s of processor time, 3 min of wall time, 700 MB of memory.</summary>
    public static PdfReadLimits Default { get; } = new(50 * 1024 * 1024, 80, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(3), 700L * 1024 * 1024);
}
