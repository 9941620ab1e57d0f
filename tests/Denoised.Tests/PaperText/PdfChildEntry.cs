using System.Runtime.CompilerServices;
using Denoised.PaperText.Pdf;

namespace Denoised.Tests.PaperText;

/// <summary>
/// Lets the test program run as the child process that reads a PDF. A module initializer is necessary because the test platform owns the entry point.
/// </summary>
internal static class PdfChildEntry
{
    [ModuleInitializer]
    internal static void Run()
    {
        if (PdfChildProcess.TryRunChild(Environment.GetCommandLineArgs()[1..]))
            Environment.Exit(0);
    }
}
