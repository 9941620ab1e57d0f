using System.Text.Json;
using Denoised.Api;
using Denoised.Collecting;
using Denoised.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.TestSupport;

/// <summary>Reads the storage that the instances share and requests work, without being an instance.</summary>
internal sealed class Observer(IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private readonly ServiceProvider services = ProductServices.BuildFor(settings);

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Requests a collection.</summary>
    public Task AskAsync(CancellationToken cancellationToken) => Get<CollectionHandler>().EnqueueAsync(cancellationToken);

    /// <summary>Returns the state of every paper.</summary>
    public async Task<IReadOnlyList<PaperProgress>> ProgressAsync(CancellationToken cancellationToken)
    {
        var rows = new List<PaperProgress>();
        foreach (var day in await Get<PaperTable>().ReadDaysAsync(cancellationToken))
            rows.AddRange(await Get<PaperTable>().ReadProgressAsync(day, cancellationToken));
        return rows;
    }

    public async Task<StatusResponse> StatusAsync(CancellationToken cancellationToken)
    {
        using var fresh = new ResponseCache(TimeProvider.System);
        var answer = (RepresentationResult)await ActivatorUtilities.CreateInstance<StatusApi>(services, fresh).GetAsync(cancellationToken);
        return JsonSerializer.Deserialize(answer.Representation.Body, ApiJson.Default.StatusResponse)!;
    }

    /// <summary>Waits until all rows meet a condition.</summary>
    /// <exception cref="TimeoutException">The rows do not meet the condition in time.</exception>
    public async Task<IReadOnlyList<PaperProgress>> UntilAsync(Func<IReadOnlyList<PaperProgress>, bool> holds, TimeSpan within, CancellationToken cancellationToken)
    {
        var limit = DateTime.UtcNow + within;
        while (true)
        {
            var rows = await ProgressAsync(cancellationToken);
            if (holds(rows))
                return rows;
            if (DateTime.UtcNow > limit)
                throw new TimeoutException($"After {within} {rows.Count(row => !row.IsFinal)} of {rows.Count} papers are not final: {string.Join("; ", rows.Where(row => !row.IsFinal).Take(3))}");
            await Task.Delay(250, cancellationToken);
        }
    }

    /// <summary>Waits until every day is complete on the site and no work is left.</summary>
    /// <exception cref="TimeoutException">Work is left after the given time.</exception>
    public async Task<StatusResponse> UntilAllIsShownAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var limit = DateTime.UtcNow + within;
        while (true)
        {
            var status = await StatusAsync(cancellationToken);
            if (status.Days.All(day => day.Shown == day.Announced && day.Pending == 0) && status.Queues.All(queue => queue.Messages == 0))
                return status;
            if (DateTime.UtcNow > limit)
                throw new TimeoutException($"After {within} not all is shown: {string.Join("; ", status.Days)}; {string.Join("; ", status.Queues)}");
            await Task.Delay(250, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    public static bool AreFinal(IReadOnlyList<PaperProgress> rows, int papers) => rows.Count >= papers && rows.All(row => row.IsFinal);
}
