using Denoised.LocalHost.Emulator;
using Denoised.Simulators;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.TestSupport;

namespace Denoised.Benchmarks.Faults;

/// <summary>A storage emulator, a simulated arXiv with the real listing days, a simulated model's service, and instances of the product as processes.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly AzuriteProcess storage;
    private readonly List<LocalHostProcess> processes = [];

    private Rig(AzuriteProcess storage, ArxivSimulator arxiv, OpenAiSimulator model, Dictionary<string, string> settings)
    {
        this.storage = storage;
        Arxiv = arxiv;
        Model = model;
        Settings = settings;
        Observer = new Observer(settings);
    }

    public ArxivSimulator Arxiv { get; }

    public OpenAiSimulator Model { get; }

    public Dictionary<string, string> Settings { get; }

    public Observer Observer { get; }

    public static async Task<Rig> StartAsync(DateOnly today, ArxivSimulatorOptions arxivOptions, OpenAiSimulatorOptions modelOptions, params (string Name, string Value)[] settings)
    {
        var listings = RealData.Find("arxiv/listings") ?? throw new DirectoryNotFoundException("The real listing days (../shared/data/arxiv/listings, or below DENOISED_REAL_DATA) are not on this machine.");
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { ExtraAccounts = 1 }, Console.Error.WriteLine, CancellationToken.None);
        var arxiv = await ArxivSimulator.StartAsync(arxivOptions with { ListingsFolder = listings, Today = today });
        var model = await OpenAiSimulator.StartAsync(modelOptions);
        var all = LocalHostProcess.Settings(azurite.TakeAccount(), arxiv, model);
        foreach (var (name, value) in settings)
            all[name] = value;
        return new Rig(azurite, arxiv, model, all);
    }

    /// <summary>The published program where <c>DENOISED_PROGRAM</c> names it.</summary>
    public static string? Program => Environment.GetEnvironmentVariable("DENOISED_PROGRAM");

    /// <summary>Starts an instance.</summary>
    /// <param name="program">Another program than <see cref="Program"/>.</param>
    public LocalHostProcess Add(string? program = null)
    {
        var process = LocalHostProcess.Start(Settings, program ?? Program);
        processes.Add(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
        await Observer.DisposeAsync();
        await Model.DisposeAsync();
        await Arxiv.DisposeAsync();
        await storage.DisposeAsync();
    }
}
