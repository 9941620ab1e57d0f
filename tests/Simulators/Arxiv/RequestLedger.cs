namespace Denoised.Simulators.Arxiv;

/// <summary>Records requests and checks the rate limits, from the end of one response to the arrival of the next request.</summary>
internal sealed class RequestLedger(ArxivSimulatorOptions options)
{
    private readonly Lock gate = new();
    private readonly List<ArxivRequest> requests = [];
    private readonly List<LimitViolation> violations = [];
    private readonly Dictionary<LimitGroup, (long Ended, string Path)> last = [];
    private readonly Dictionary<LimitGroup, List<ArxivRequest>> open = new() { [LimitGroup.FeedAndApi] = [], [LimitGroup.Pages] = [] };

    public IReadOnlyList<ArxivRequest> Requests
    {
        get
        {
            lock (gate)
                return [.. requests];
        }
    }

    public IReadOnlyList<LimitViolation> Violations
    {
        get
        {
            lock (gate)
                return [.. violations];
        }
    }

    /// <summary>Records an arrival.</summary>
    public (ArxivRequest Request, LimitViolation? Violation) Begin(ArxivService service, string path, string userAgent)
    {
        var clock = options.TimeProvider;
        lock (gate)
        {
            var arrived = clock.GetTimestamp();
            var request = new ArxivRequest(requests.Count + 1, clock.GetUtcNow(), service, path, userAgent);
            var required = request.Group == LimitGroup.FeedAndApi ? options.FeedAndApiInterval : options.PagesInterval;
            LimitViolation? violation = null;
            if (open[request.Group] is [.., var other])
                violation = new(request.At, request.Group, LimitViolationKind.Concurrent, path, other.Path, TimeSpan.Zero, required);
            else if (last.TryGetValue(request.Group, out var previous) && clock.GetElapsedTime(previous.Ended, arrived) is var gap && gap + options.LimitTolerance < required)
                violation = new(request.At, request.Group, LimitViolationKind.TooSoon, path, previous.Path, gap, required);
            if (violation is not null)
                violations.Add(violation);
            requests.Add(request);
            open[request.Group].Add(request);
            return (request, violation);
        }
    }

    /// <summary>Records the end of a response, or its abortion. Only the first call for a request counts.</summary>
    public void End(ArxivRequest request, int status, int bytes, ArxivFault? fault)
    {
        var clock = options.TimeProvider;
        lock (gate)
        {
            if (!open[request.Group].Remove(request))
                return;
            last[request.Group] = (clock.GetTimestamp(), request.Path);
            // The list may have been cleared in the meantime.
            var index = requests.IndexOf(request);
            if (index >= 0)
                requests[index] = request with { EndedAt = clock.GetUtcNow(), Status = status, Bytes = bytes, Fault = fault };
        }
    }

    /// <summary>Clears requests and violations; the rate limits still count from the last response.</summary>
    public void Clear()
    {
        lock (gate)
        {
            requests.Clear();
            violations.Clear();
        }
    }
}
