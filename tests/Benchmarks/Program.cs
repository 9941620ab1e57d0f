using Denoised.Benchmarks;

switch (args)
{
    case ["tags"]:
        return TagEvaluation.Run(path: null);
    case ["tags", var labelled]:
        return TagEvaluation.Run(labelled);
    default:
        Console.Error.WriteLine("""
            Usage: dotnet run --project tests/Benchmarks -- <what>
              tags [file]   extractive tags against labelled papers (default: the real data's reference papers)
            """);
        return 2;
}
