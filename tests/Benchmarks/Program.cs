using System.Globalization;
using Denoised.Benchmarks;
using Denoised.Benchmarks.Faults;
using Denoised.Benchmarks.Fuzzing;
using Denoised.Benchmarks.Grounding;
using Denoised.Benchmarks.Growth;
using Denoised.Benchmarks.Load;
using Denoised.Benchmarks.Micro;
using Denoised.PaperText.Pdf;

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
    case ["defects", .. var rest]:
        return await DefectCount.RunAsync(rest, CancellationToken.None);
    case ["tokens", var folder]:
        return await TokenEvaluation.RunAsync(folder, CancellationToken.None);
    case ["prompt"]:
        return PromptEvaluation.Run();
    case ["evaluate", .. var rest]:
        return await SummaryEvaluation.RunAsync(rest, CancellationToken.None);
    case ["grounding", .. var rest]:
        return GroundingEvaluation.Run(rest);
    case ["ranking"]:
        return await RankingRun.RunAsync(CancellationToken.None);
    case ["affiliations", .. var rest]:
        return AffiliationEvaluation.Run(rest);
    case ["search"]:
        return await SearchEvaluation.RunAsync(CancellationToken.None);
    case ["directives"]:
        return DirectiveRun.Run();
    case ["digests", "text", var paper]:
        return DigestConversion.Print(paper);
    case ["digests", var drafts]:
        return DigestConversion.Run(drafts);
    case ["day", var program]:
        return await DayMeasurement.RunAsync(program, CancellationToken.None);
    case ["start", var program]:
        return await ColdStartBenchmark.RunAsync(program, CancellationToken.None);
    case ["chaos", .. var rest]:
        return await ChaosRun.RunAsync(rest);
    case ["overhead"]:
        return await OverheadRun.RunAsync();
    case ["load", .. var minutes]:
        return await LoadRun.RunAsync(TimeSpan.FromMinutes(minutes is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 5));
    case ["worker-load", var local, var worker, .. var seconds]:
        return await WorkerLoadRun.RunAsync(local, worker, TimeSpan.FromSeconds(seconds is [var length] ? int.Parse(length, CultureInfo.InvariantCulture) : 10));
    case ["fuzz", .. var rest]:
        return await FuzzCommand.RunAsync(rest);
    case [FuzzWorker.Argument, .. var rest]:
        return await FuzzWorker.RunAsync(rest);
    case ["growth", .. var rest]:
        return await GrowthRun.RunAsync(rest);
    case ["grow", var papers, var days, var storage, var arxiv]:
        return await GrowthScenario.RunAsync(new GrowthSize(int.Parse(papers, CultureInfo.InvariantCulture), int.Parse(days, CultureInfo.InvariantCulture)), storage, new Uri(arxiv));
    case ["micro", .. var rest]:
        return MicroRun.Run(rest);
    case ["bare", var file, var port]:
        return await BareServer.RunAsync(file, port);
    default:
        Console.Error.WriteLine("""
            Usage: dotnet run --project tests/Benchmarks -c Release -- <what>
              tags [file]                     extractive tags against labelled papers (default: the real data's reference papers)
              text <folder> [--dump <folder>] paper text of HTML and PDF files, beside pdftotext
              grounding fit|report [--misses] the checks of a sentence against its evidence: fits them on one half of the labelled pairs, reports on the other
              ranking                         the order "For you" on the real listing days, by the page's own code (needs node and npm ci in frontend/)
              search                          the judged queries, by words, by meaning and by both, in the API's search and the page's (needs node and npm ci in frontend/)
              directives                      how many real abstracts lose a sentence as a directive or as not English
              tokens <folder>                 how much of HTML and PDF files fits into several token budgets, and the share of the results' numbers that does
              prompt                          tokens of the prompts and responses of the hand-written digests
              evaluate <folder> [--endpoint URL --deployment NAME --key KEY] [--extractive]
                                              digests by a summarizer: quotes, numbers, names, compression, tokens, cost, time, tags
              digests <folder>                converts hand-written digests to the tests' files: quotes in words become sentence numbers
              digests text <html/file.html>   prints the text of a real paper in which those quotes are looked up
              day <Denoised.LocalHost.dll>    the real day of 262 papers: wall time, CPU, memory
              fuzz [--target rss|atom|catchup|answers|queries|html|pdf|all] [--count n] [--seed 1] [--from 0] [--out folder]
                                              mutated inputs, each within its bounds of time and memory; findings, the slowest and the largest are kept in the folder
              start <Denoised.LocalHost.dll>  cold start: time and CPU time to the first response
              growth [--papers 70 700] [--days 7 30]
                                              invented papers: what a site costs as it grows, with the exponents that fit
              micro [filter]                  benchmarks of parsing, reading, checking, publishing and responding, each beside its peer
            With the product as processes between simulators, over the real listing days (DENOISED_PROGRAM=<Denoised.LocalHost.dll> takes the published program):
              chaos [--seeds 1-20] [--kills 50] [--full-text on|off] [--at-once 1]
                                              a day of 262 papers: two instances, skewed clocks, kills, a fifth of all requests fail at arXiv, model and storage
              load [minutes]                  a day's response by wrk, beside a bare endpoint; bad queries; memory under five minutes of load
              worker-load <local program> <published Denoised.Functions.dll> [seconds]
                                              the same response from the local program, from the worker behind a small Functions host, and from a bare endpoint behind that host
              overhead                        a day at a fixed latency, from abstracts and from full text: wall time, CPU time, memory
            """);
        return 2;
}
