namespace Denoised.Arxiv.Text;

/// <summary>What reading one PDF may cost.</summary>
/// <param name="MaxBytes">The largest file.</param>
/// <param name="MaxPages">Pages beyond this are left out, and their number is recorded.</param>
/// <param name="ProcessorTime">Processor time of the child process. It does not grow on a busy machine.</param>
/// <param name="Timeout">Wall time after which the child process is killed even if it computes nothing.</param>
/// <param name="MaxMemoryBytes">The largest working set of the child process.</param>
public sealed record PdfReadLimits(long MaxBytes, int MaxPages, TimeSpan ProcessorTime, TimeSpan Timeout, long MaxMemoryBytes)
{
    /// <summary>50 MB, 80 pages, 30 seconds of computing, 3 minutes, 700 MB.</summary>
    public static PdfReadLimits Default { get; } = new(50 * 1024 * 1024, 80, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(3), 700L * 1024 * 1024);
}
