using System.Runtime.InteropServices;
using Denoised.Simulators;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;

const string Usage = """
    dotnet run --project tests/Simulators -- arxiv [--listings FOLDER] [--day 2026-03-17] [--port 5080] [--faults 0.1] [--seed 1]
        [--html FOLDER] [--pdf FOLDER] [--html-share 1] [--page-size 2000] [--api-seconds 3] [--page-seconds 15] [--length 1]
    dotnet run --project tests/Simulators -- openai [--port 5081] [--faults 0.1] [--seed 1] [--deployment gpt-5.4-mini] [--key KEY]
        [--latency-seconds 8] [--latency-spread 0.4] [--rpm 0] [--tpm 0] [--obey-injections 1]
    """;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    switch (args.FirstOrDefault())
    {
        case "arxiv":
            await RunArxivAsync(new CommandLine(args[1..]));
            return 0;
        case "openai":
            await RunOpenAiAsync(new CommandLine(args[1..]));
            return 0;
        default:
            await Console.Error.WriteLineAsync(Usage);
            return 2;
    }
}
catch (Exception e) when (e is FormatException or InvalidDataException or IOException or ArgumentException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

async Task RunArxivAsync(CommandLine line)
{
    var options = new ArxivSimulatorOptions
    {
        Port = line.Int("port", 5080),
        ListingsFolder = line.Text("listings"),
        Today = line.Day("day"),
        FaultRate = line.Double("faults", 0),
        Seed = line.Int("seed", 1),
        CatchupPageSize = line.Int("page-size", 2000),
        FeedAndApiInterval = TimeSpan.FromSeconds(line.Double("api-seconds", 3)),
        PagesInterval = TimeSpan.FromSeconds(line.Double("page-seconds", 15)),
    };
    var (html, pdf, share, length) = (line.Text("html"), line.Text("pdf"), line.Double("html-share", 1), line.Int("length", 1));
    line.RefuseOthers();
    await using var arxiv = await ArxivSimulator.StartAsync(options, stop.Token);
    (arxiv.Documents.HtmlFolder, arxiv.Documents.PdfFolder, arxiv.Documents.HtmlShare, arxiv.Documents.Length) = (html, pdf, share, length);
    await Console.Out.WriteLineAsync($"arXiv is simulated at {arxiv.Address}, listing day {arxiv.Today:yyyy-MM-dd}; steer it at {arxiv.Address}_sim/state");
    await UntilStoppedAsync();
    await Console.Out.WriteLineAsync($"{arxiv.Requests.Count} requests, {arxiv.Violations.Count} violations, {arxiv.Faults.Total} faults");
}

async Task RunOpenAiAsync(CommandLine line)
{
    var options = new OpenAiSimulatorOptions
    {
        Port = line.Int("port", 5081),
        FaultRate = line.Double("faults", 0),
        Seed = line.Int("seed", 1),
        Deployments = [line.Text("deployment") ?? "gpt-5.4-mini"],
        Key = line.Text("key"),
        Latency = new Latency(TimeSpan.FromSeconds(line.Double("latency-seconds", 0)), line.Double("latency-spread", 0)),
        RequestsPerMinute = line.Int("rpm", 0),
        TokensPerMinute = line.Int("tpm", 0),
    };
    var obeys = line.Int("obey-injections", 0) != 0;
    line.RefuseOthers();
    await using var model = await OpenAiSimulator.StartAsync(options, stop.Token);
    model.ObeysInjections = obeys;
    await Console.Out.WriteLineAsync($"Azure OpenAI is simulated at {model.Address}; steer it at {model.Address}_sim/state");
    await UntilStoppedAsync();
    await Console.Out.WriteLineAsync($"{model.Calls.Count} calls, {model.Calls.Count(static c => c.Paid)} paid, {model.Faults.Total} faults");
}

async Task UntilStoppedAsync()
{
    var stopped = new TaskCompletionSource();
    await using var registration = stop.Token.Register(stopped.SetResult);
    await stopped.Task;
}
