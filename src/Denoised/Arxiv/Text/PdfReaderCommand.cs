using System.Reflection;

namespace Denoised.Arxiv.Text;

/// <summary>How to start the process that reads a PDF: a program whose entry point calls <see cref="PdfChildProcess.TryRunChild"/> first.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">What stands before the arguments of the reader; for <c>dotnet</c> the path of the assembly.</param>
public sealed record PdfReaderCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The program that is running.</summary>
    /// <exception cref="InvalidOperationException">The platform does not tell the path of the program.</exception>
    public static PdfReaderCommand OfThisProgram()
    {
        var process = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        if (!Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            return new PdfReaderCommand(process, []);

        var assembly = Assembly.GetEntryAssembly()?.Location;
        return string.IsNullOrEmpty(assembly)
            ? throw new InvalidOperationException("The path of this program's assembly is not known.")
            : new PdfReaderCommand(process, ["exec", assembly]);
    }
}
