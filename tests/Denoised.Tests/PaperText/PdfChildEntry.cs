using System.Runtime.CompilerServices;
using Denoised.PaperText.Pdf;

namespace Denoised.Tests.PaperText;

/// <summary>Makes the test program itself able to be the child that reads a PDF: its entry point is the test platform's own.</summary>
internal static class PdfChildEntry
{
    [ModuleInitializer]
    internal static void Run()
    {
        if (PdfChildProcess.TryRunChild(Environment.GetCommandLineArgs()[1..]))
            Environment.Exit(0);
    }
}
