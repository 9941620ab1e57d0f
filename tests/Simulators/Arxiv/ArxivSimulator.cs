using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Denoised.Simulators.Arxiv;

/// <summary>
/// Simulates arXiv on one port of 127.0.0.1: feed (<c>/rss/…</c>), API (<c>/api/query</c>), catch-up pages, abstracts, HTML and PDF. It injects faults,
/// records every request, and checks arXiv's rate limits. Thread-safe.
/// </summary>
public sealed partial class ArxivSimulator : IAsyncDisposable
{
    private static readonly ArxivFault[] drawn =
        [.. Enum.GetValues<ArxivFault>().Where(static f => Enum.GetValues<ArxivService>().Any(service => Applies(f, service)))];

    private readonly RequestLedger ledger;
    private readonly ArxivSimulatorAdmin admin;
    private readonly Lock gate = new();
    private LoopbackServer? server;
    private DateOnly today;
    private DateOnly? staleFeedDay;
    private ImmutableHashSet<ArxivService> down = [];

    private ArxivSimulator(ArxivSimulatorOptions options)
    {
        Options = options;
        ledger = new RequestLedger(options);
        admin = new ArxivSimulatorAdmin(this);
        if (options.ListingsFolder is not null)
            Catalogue.LoadFolder(options.ListingsFolder);
        today = options.Today
            ?? Catalogue.Days.Select(static day => (DateOnly?)day).LastOrDefault()
            ?? DateOnly.FromDateTime(options.TimeProvider.GetUtcNow().UtcDateTime);
        Faults.Seed = options.Seed;
        SetFaultRate(options.FaultRate);
    }

    /// <summary>The options at startup.</summary>
    public ArxivSimulatorOptions Options { get; }

    /// <summary>The base address of all services, for example <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Address => server?.Address ?? throw new InvalidOperationException("The simulator is not running.");

    /// <summary>The announcements.</summary>
    public ArxivCatalogue Catalogue { get; } = new();

    /// <summary>The papers' texts.</summary>
    public PaperDocuments Documents { get; } = new();

    /// <summary>The fault plan and its counts.</summary>
    public FaultPlan<ArxivFault> Faults { get; } = new();

    /// <summary>Selects a fault for a request before the rates apply. If it is null or returns null, the rates decide.</summary>
    public Func<ArxivRequest, ArxivFault?>? FaultFor { get; set; }

    /// <summary>The current listing day. Papers of later days are not visible.</summary>
    public DateOnly Today
    {
        get
        {
            lock (gate)
                return today;
        }

        set
        {
            lock (gate)
                today = value;
        }
    }

    /// <summary>An earlier day that the feed still shows, as if it had not been rebuilt; null if it shows <see cref="Today"/>.</summary>
    public DateOnly? StaleFeedDay
    {
        get
        {
            lock (gate)
                return staleFeedDay;
        }

        set
        {
            lock (gate)
                staleFeedDay = value;
        }
    }

    /// <summary>Whether the feed has no items, only its date.</summary>
    public bool FeedIsEmpty { get; set; }

    /// <summary>All requests, in order of arrival.</summary>
    public IReadOnlyList<ArxivRequest> Requests => ledger.Requests;

    /// <summary>All requests that arrived too soon or concurrently.</summary>
    public IReadOnlyList<LimitViolation> Violations => ledger.Violations;

    /// <summary>Requests whose User-Agent contains no contact address.</summary>
    public IReadOnlyList<ArxivRequest> RequestsWithoutContact => [.. ledger.Requests.Where(static r => !r.HasContact)];

    /// <summary>Starts a simulator.</summary>
    /// <param name="options">The options; null for the defaults: a free port, no papers, no faults.</param>
    /// <param name="ct">Cancels the start.</param>
    public static async Task<ArxivSimulator> StartAsync(ArxivSimulatorOptions? options = null, CancellationToken ct = default)
    {
        var simulator = new ArxivSimulator(options ?? new());
        simulator.server = await LoopbackServer.StartAsync(simulator.Options.Port, simulator.HandleAsync, ct);
        return simulator;
    }

    /// <summary>Announces a paper on the current day.</summary>
    public void Announce(SimulatedPaper paper, AnnouncementKind kind = AnnouncementKind.Submission) => Catalogue.Announce(Today, paper, kind);

    /// <summary>Takes a service down (503 for every request) or up again.</summary>
    public void SetDown(ArxivService service, bool isDown = true) =>
        ImmutableInterlocked.Update(ref down, static (set, change) => change.isDown ? set.Add(change.service) : set.Remove(change.service), (service, isDown));

    /// <summary>Distributes a total rate equally among all kinds of fault that can be drawn.</summary>
    public void SetFaultRate(double total) => Faults.SetTotalRate(total, drawn);

    /// <summary>Clears the recorded requests and violations.</summary>
    public void ClearLog() => ledger.Clear();

    /// <summary>Stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    internal IEnumerable<ArxivService> Down => down;

    [GeneratedRegex(@"^(?<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(?<version>[1-9]\d*))?(?:\.pdf)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PaperPath();

    private static ArxivService ServiceOf(PathString path) => path switch
    {
        _ when path.StartsWithSegments("/rss", StringComparison.Ordinal) => ArxivService.Feed,
        _ when path.StartsWithSegments("/api", StringComparison.Ordinal) => ArxivService.Api,
        _ when path.StartsWithSegments("/catchup", StringComparison.Ordinal) => ArxivService.Catchup,
        _ when path.StartsWithSegments("/abs", StringComparison.Ordinal) => ArxivService.Pages,
        _ when path.StartsWithSegments("/html", StringComparison.Ordinal) => ArxivService.Pages,
        _ when path.StartsWithSegments("/pdf", StringComparison.Ordinal) => ArxivService.Pages,
        _ => ArxivService.Unknown,
    };

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/_sim", StringComparison.Ordinal))
        {
            await admin.HandleAsync(context);
            return;
        }

        var service = ServiceOf(context.Request.Path);
        var path = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        var (request, violation) = ledger.Begin(service, path, context.Request.Headers.UserAgent.ToString());
        try
        {
            await AnswerAsync(context, request, violation);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        finally
        {
            ledger.End(request, 0, 0, null);
        }
    }

    private async Task AnswerAsync(HttpContext context, ArxivRequest request, LimitViolation? violation)
    {
        ArxivFault? fault;
        if (violation is not null && Options.EnforceLimits)
            Faults.Count((fault = ArxivFault.LimitEnforced).Value);
        else if (down.Contains(request.Service))
            Faults.Count((fault = ArxivFault.Down).Value);
        else
            fault = Faults.Draw(request.Path, f => Applies(f, request.Service), FaultFor?.Invoke(request));

        if (fault == ArxivFault.ConnectionReset)
        {
            ledger.End(request, 0, 0, fault);
            context.Abort();
            return;
        }

        var answer = fault switch
        {
            ArxivFault.TooManyRequests => SimulatedAnswer.Text(429, "text/plain", "Rate exceeded."),
            ArxivFault.TooManyRequestsWithRetryAfter or ArxivFault.LimitEnforced => SimulatedAnswer.Text(429, "text/plain", "Rate exceeded.") with { RetryAfter = Options.RetryAfterSeconds },
            ArxivFault.ServiceUnavailable or ArxivFault.Down => SimulatedAnswer.Error(503, "Service Unavailable", "The server is temporarily unable to answer."),
            ArxivFault.ServiceUnavailableWithRetryAfter => SimulatedAnswer.Error(503, "Service Unavailable", "Try again later.") with { RetryAfter = Options.RetryAfterSeconds },
            ArxivFault.InternalServerError => SimulatedAnswer.Error(500, "Internal Server Error", "The server met an unexpected condition."),
            ArxivFault.HtmlInsteadOfXml => SimulatedAnswer.Text(200, SimulatedAnswer.Html, "<!DOCTYPE html>\n<html><head><title>Maintenance</title></head><body><p>We will be back shortly.<br></body></html>\n"),
            _ => Whole(context, request.Service, fault),
        };
        if (fault == ArxivFault.TruncatedBody)
            answer = answer with { Body = answer.Body[..(answer.Body.Length / 2)] };
        await SendAsync(context, request, answer, fault);
    }

    private async Task SendAsync(HttpContext context, ArxivRequest request, SimulatedAnswer answer, ArxivFault? fault)
    {
        var (response, ct) = (context.Response, context.RequestAborted);
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (answer.RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (answer.ETag is not null)
            response.Headers.ETag = answer.ETag;

        var rest = answer.Body.AsMemory();
        if (fault is ArxivFault.BrokenTransfer or ArxivFault.Slow)
        {
            await response.Body.WriteAsync(rest[..(rest.Length / 2)], ct);
            await response.Body.FlushAsync(ct);
            rest = rest[(rest.Length / 2)..];
            if (fault == ArxivFault.BrokenTransfer)
            {
                ledger.End(request, 0, answer.Body.Length - rest.Length, fault);
                context.Abort();
                return;
            }

            await Task.Delay(Options.SlowFor, Options.TimeProvider, ct);
        }

        // Recorded just before the last bytes are sent. The client cannot have read them earlier, so a measured gap is never too short.
        ledger.End(request, answer.Status, answer.Body.Length, fault);
        await response.Body.WriteAsync(rest, ct);
        await response.CompleteAsync();
    }

    /// <summary>Whether a kind of fault is applicable to a service.</summary>
    public static bool Applies(ArxivFault fault, ArxivService service) => fault switch
    {
        ArxivFault.EmptyAnswer => service == ArxivService.Api,
        ArxivFault.HtmlInsteadOfXml => service is ArxivService.Api or ArxivService.Feed,
        ArxivFault.EarlierListing or ArxivFault.HalfListing or ArxivFault.OtherCategory or ArxivFault.OtherDay => false,
        ArxivFault.Down or ArxivFault.LimitEnforced => false,
        _ => true,
    };

    private SimulatedAnswer Whole(HttpContext context, ArxivService service, ArxivFault? fault)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method))
            return SimulatedAnswer.Error(405, "Method Not Allowed", "Only GET is answered here.");
        var parts = request.Path.Value!.Split('/', 3);
        var rest = parts.Length > 2 ? parts[2] : "";
        return service switch
        {
            ArxivService.Feed => Feed(rest, fault),
            ArxivService.Api when rest == "query" =>
                QueryApi.Answer(request.Query, Catalogue.PapersUntil(Today), Options.TimeProvider.GetUtcNow(), Options.OlderApiFormat, fault == ArxivFault.EmptyAnswer),
            ArxivService.Catchup when rest.Split('/') is [var subject, var date] =>
                CatchupPage.Answer(subject, date, request.Query, Catalogue, Today, Options.CatchupPageSize, fault),
            ArxivService.Pages => Page(parts[1], rest),
            _ => SimulatedAnswer.Error(404, "Not Found", $"There is nothing at {request.Path}."),
        };
    }

    private SimulatedAnswer Feed(string subjects, ArxivFault? fault)
    {
        foreach (var subject in subjects.Split('+'))
        {
            if (!ArxivSubjects.IsKnown(subject, Catalogue))
                return SimulatedAnswer.Error(400, "Bad Request", $"'{subject}' is neither an archive nor a subject class of arXiv.");
        }

        var day = StaleFeedDay ?? Today;
        return ListingFeed.Write(subjects, day, FeedIsEmpty ? [] : Catalogue.Listing(day, subjects.Split('+'), fault), Options.FeedLimit, fault);
    }

    private SimulatedAnswer Page(string kind, string path)
    {
        var match = PaperPath().Match(path);
        if (!match.Success)
            return SimulatedAnswer.Error(400, "Bad Request", $"'{path}' is not an arXiv identifier.");
        var paper = Catalogue.Find(match.Groups["id"].Value, Today);
        if (paper is null || (match.Groups["version"] is { Success: true } version && int.Parse(version.ValueSpan, CultureInfo.InvariantCulture) > paper.Version))
            return SimulatedAnswer.Error(404, "Not Found", $"There is no article {path}.");
        var (contentType, body) = kind switch
        {
            "abs" => (SimulatedAnswer.Html, AbstractPage.Write(paper).Body),
            "html" => (SimulatedAnswer.Html, Documents.Html(paper)),
            _ => ("application/pdf", Documents.Pdf(paper)),
        };
        return body is null
            ? SimulatedAnswer.Error(404, "Not Found", $"No {kind.ToUpperInvariant()} for {path}.")
            : new SimulatedAnswer(200, contentType, body) { ETag = $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(kind + path)))[..16]}\"" };
    }
}
