using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text.Json;
using Denoised.PaperText.Pdf;
using Denoised.TestSupport.Fuzzing;

namespace Denoised.Benchmarks.Fuzzing;

/// <summary>The process that reads the inputs: it may die, hang or eat memory, and <see cref="FuzzCommand"/> sees to that.</summary>
internal static class FuzzWorker
{
    /// <summary>The hidden first argument that makes the program a worker.</summary>
    public const string Argument = "fuzz-worker";

    /// <summary>So many inputs' figures are lost at most where the process dies.</summary>
    private const int Part = 100;

    /// <summary>Where a queries' worker finds its account.</summary>
    public const string Connection = "FUZZ_STORAGE";

    /// <summary>Runs: <c>target seed from count file</c>; the number under way stands in the file, findings and figures are written as lines.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (seed, from, count) = (Number(args[1]), Number(args[2]), Number(args[3]));
        using var file = MemoryMappedFile.CreateFromFile(args[4], FileMode.Open, mapName: null, sizeof(int));
        using var place = file.CreateViewAccessor(0, sizeof(int));
        await using var target = FuzzTargets.Create(args[0], Environment.GetEnvironmentVariable(Connection), PdfReaderCommand.OfThisProgram());
        var run = new FuzzRun(target, seed);
        for (var next = from; next < from + count; next += Part)
            Say("figures", run.Run(next, Math.Min(Part, from + count - next), number => place.Write(0, number), finding => Say("finding", finding)));
        return 0;
    }

    private static void Say<T>(string kind, T what) => Console.WriteLine($"{kind} {JsonSerializer.Serialize(what)}");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
