using System.Reflection;

namespace Denoised.PaperText.Pdf;

/// <summary>The command that starts the PDF reader process: a program whose entry point calls <see cref="PdfChildProcess.TryRunChild"/> first.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">The arguments before those of the reader; for <c>dotnet</c> the path of the assembly.</param>
public sealed record PdfReaderCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>Returns the command that starts the running program again.</summary>
    /// <exception cref="InvalidOperationException">The platform does not provide the path of the program.</exception>
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
