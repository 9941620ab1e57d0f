using Denoised.Arxiv.Text;
using Denoised.Benchmarks;

if (PdfChildProcess.TryRunChild(args))
    return 0;

switch (args)
{
    case ["tags"]:
        return TagEvaluation.Run(path: null);
    case ["tags", var labelled]:
        return TagEvaluation.Run(labelled);
    case ["text", .. var rest]:
        return await TextEvaluation.RunAsync(rest, CancellationToken.None);
    case ["day", var program]:
        return await DayMeasurement.RunAsync(program, CancellationToken.None);
    default:
        Console.Error.WriteLine("""
            Usage: dotnet run --project tests/Benchmarks -c Release -- <what>
              tags [file]                     extractive tags against labelled papers (default: the real data's reference papers)
              day <Denoised.Functions.dll>    the real day of 262 papers: wall time, CPU, memory
              text <folder> [--dump <folder>] paper text of HTML and PDF files, beside pdftotext
            """);
        return 2;
}
