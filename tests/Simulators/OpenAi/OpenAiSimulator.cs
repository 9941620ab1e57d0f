using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Denoised.Simulators.OpenAi;

/// <summary>
/// Simulates the chat completions API of Azure OpenAI or of a local server on one port of 127.0.0.1. It validates requests like the service, composes
/// responses for the requested schema from the prompt's text, enforces quotas, injects faults, and counts the cost of each paper. Thread-safe.
/// </summary>
public sealed partial class OpenAiSimulator : IAsyncDisposable
{
    private static readonly OpenAiFault[] drawn = [.. Enum.GetValues<OpenAiFault>().Where(static f => f != OpenAiFault.Quota)];

    private readonly OpenAiLedger ledger;
    private readonly PromptCache cache = new();
    private readonly ConcurrentDictionary<string, bool> obeyed = new(StringComparer.Ordinal);
    private readonly Lock quotaGate = new();
    private readonly Quota requestQuota;
    private readonly Quota tokenQuota;
    private LoopbackServer? server;
    private ImmutableHashSet<string> nullFields = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    private OpenAiSimulator(OpenAiSimulatorOptions options)
    {
        Options = options;
        ledger = new OpenAiLedger(options.TimeProvider);
        requestQuota = new Quota(options.RequestsPerMinute, Math.Max(1, options.RequestsPerMinute / 6.0), options.TimeProvider);
        tokenQuota = new Quota(options.TokensPerMinute, options.TokensPerMinute, options.TimeProvider);
        Faults.Seed = options.Seed;
        SetFaultRate(options.FaultRate);
    }

    /// <summary>The options at startup.</summary>
    public OpenAiSimulatorOptions Options { get; }

    /// <summary>
    /// The value for <c>Summarizer:Endpoint</c>: <c>http://127.0.0.1:41234/openai/v1</c>, or <c>…/v1</c> for servers other than Azure.
    /// </summary>
    public Uri Endpoint => new(Address, Options.Server == SimulatedServer.Azure ? "openai/v1" : "v1");

    /// <summary>The listening address, for example <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Address => server?.Address ?? throw new InvalidOperationException("The simulator is not running.");

    /// <summary>The fault plan and its counts. The selection depends on the paper and the number of the attempt.</summary>
    public FaultPlan<OpenAiFault> Faults { get; } = new();

    /// <summary>All messages of the latest request.</summary>
    public string? LatestPrompt { get; private set; }

    /// <summary>Selects a fault for a call before the rates apply. If it is null or returns null, the rates decide.</summary>
    public Func<OpenAiCall, OpenAiFault?>? FaultFor { get; set; }

    /// <summary>Whether responses omit usage.</summary>
    public bool OmitsUsage { get; set; }

    /// <summary>Receives each completion request before validation.</summary>
    public Action<HttpRequest>? Requested { get; set; }

    /// <summary>Provides the response to a call after validation of key and body; null for a composed response. Status 200 counts as billed.</summary>
    public Func<OpenAiCall, JsonElement, PrescribedAnswer?>? AnswerFor { get; set; }

    /// <summary>Whether the model follows injections ("IMPORTANT: …") in the text: they appear in the response's texts.</summary>
    public bool ObeysInjections { get; set; }

    /// <summary>Injections that the model follows if a paper's text contains them, both in first responses and in repairs.</summary>
    public IReadOnlyList<SimulatedOrder> Obeys { get; set; } = [];

    /// <summary>The papers (identifiers without version) whose injections were followed.</summary>
    public IReadOnlyCollection<string> Obeyed => [.. obeyed.Keys];

    /// <summary>
    /// Provides the verdict on a sentence and its quotes: <c>supported</c>, <c>contradicted</c> or <c>not stated</c>. If null, all are supported.
    /// </summary>
    public Func<string, IReadOnlyList<string>, string>? VerdictFor { get; set; }

    /// <summary>Changes a composed summary or overview before faults apply.</summary>
    public Action<JsonObject>? Revise { get; set; }

    /// <summary>Properties that are null in responses if the schema allows it, for example <c>implications</c>.</summary>
    public IReadOnlySet<string> NullFields
    {
        get => nullFields;
        set => nullFields = value.ToImmutableHashSet(StringComparer.Ordinal);
    }

    /// <summary>All calls, in order of arrival, including rejected ones.</summary>
    public IReadOnlyList<OpenAiCall> Calls => ledger.Calls;

    /// <summary>The number of billed calls per paper, by identifier without version.</summary>
    public IReadOnlyDictionary<string, int> PaidCalls => ledger.PaidCalls;

    /// <summary>The number of billed calls for the overview of each listing day; not included in any paper's calls.</summary>
    public IReadOnlyDictionary<string, int> PaidDays => ledger.PaidDays;

    /// <summary>The maximum number of concurrent calls.</summary>
    public int MostAtOnce => ledger.MostAtOnce;

    /// <summary>Starts a simulator.</summary>
    /// <param name="options">The options; null for the defaults: a free port, any key, no limits, no latency, no faults.</param>
    /// <param name="ct">Cancels the start.</param>
    public static async Task<OpenAiSimulator> StartAsync(OpenAiSimulatorOptions? options = null, CancellationToken ct = default)
    {
        var simulator = new OpenAiSimulator(options ?? new());
        simulator.server = await LoopbackServer.StartAsync(simulator.Options.Port, simulator.HandleAsync, ct);
        return simulator;
    }

    /// <summary>Distributes a total rate equally among all kinds of fault that can be drawn.</summary>
    public void SetFaultRate(double total) => Faults.SetTotalRate(total, drawn);

    /// <summary>Clears the recorded calls.</summary>
    public void ClearLog() => ledger.Clear();

    /// <summary>Stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/_sim", StringComparison.Ordinal))
        {
            await AdministerAsync(context);
            return;
        }

        if (context.Request.Path.Value is not "/v1/chat/completions" && (Options.Server != SimulatedServer.Azure || context.Request.Path.Value is not "/openai/v1/chat/completions"))
        {
            await RefuseAsync(context, ledger.Begin(null, null), new ChatError(404, Options.Server == SimulatedServer.Azure ? "404" : null, "Resource not found", null, "not_found_error"));
            return;
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await RefuseAsync(context, ledger.Begin(null, null), new ChatError(405, "405", "Method not allowed", null, null));
            return;
        }

        Requested?.Invoke(context.Request);
        if (!IsAuthorized(context.Request))
        {
            await RefuseAsync(context, ledger.Begin(null, null), new ChatError(401, "401", "Access denied: the key or token is missing or not valid for this resource.", null, null));
            return;
        }

        JsonElement body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException e)
        {
            await RefuseAsync(context, ledger.Begin(null, null), new ChatError(400, null, "The body could not be parsed as JSON: " + e.Message, null, "invalid_request_error"));
            return;
        }

        var request = ChatRequest.Read(body, Options, out var error);
        LatestPrompt = request?.Prompt ?? LatestPrompt;
        var call = ledger.Begin(request?.PaperId, request?.Model, request?.Day, KeyOf(context.Request));
        if (AnswerFor?.Invoke(call, body) is { } prescribed)
        {
            foreach (var (name, value) in prescribed.Headers)
                context.Response.Headers[name] = value;
            await SendAsync(context, call with { Status = prescribed.Status, Paid = prescribed.Status == 200 }, prescribed.Body);
            return;
        }

        if (request is null)
        {
            await RefuseAsync(context, call, error!);
            return;
        }

        if (TryTakeQuota(context.Response, request, out var wait))
        {
            var fault = Faults.Draw(call.PaperId ?? call.Day ?? $"prompt {request.Prompt.Length}", static f => f != OpenAiFault.Quota, FaultFor?.Invoke(call));
            await AnswerAsync(context, call with { Fault = fault, PromptTokens = request.PromptTokens }, request);
            return;
        }

        Faults.Count(OpenAiFault.Quota);
        await RefuseAsync(context, call with { Fault = OpenAiFault.Quota }, TooMany(), wait);
    }

    private bool IsAuthorized(HttpRequest request)
    {
        var key = KeyOf(request);
        if (Options.Server == SimulatedServer.Azure)
            return Options.Key is null ? key.Length > 0 : key == Options.Key;
        return Options.Key is null || (key == Options.Key && request.Headers["api-key"].Count == 0);
    }

    private static string KeyOf(HttpRequest request)
    {
        var key = request.Headers["api-key"].ToString();
        var authorization = request.Headers.Authorization.ToString();
        return key.Length == 0 && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..].Trim() : key;
    }

    private bool TryTakeQuota(HttpResponse response, ChatRequest request, out TimeSpan wait)
    {
        lock (quotaGate)
        {
            var tokens = request.PromptTokens + request.MaxCompletionTokens;
            var (forRequests, forTokens) = (requestQuota.WaitFor(1), tokenQuota.WaitFor(tokens));
            wait = forRequests > forTokens ? forRequests : forTokens;
            var taken = wait == TimeSpan.Zero;
            if (taken)
            {
                requestQuota.Take(1);
                tokenQuota.Take(tokens);
            }

            response.Headers["x-ratelimit-remaining-requests"] = requestQuota.Remaining.ToString(CultureInfo.InvariantCulture);
            response.Headers["x-ratelimit-remaining-tokens"] = tokenQuota.Remaining.ToString(CultureInfo.InvariantCulture);
            return taken;
        }
    }

    private async Task AnswerAsync(HttpContext context, OpenAiCall call, ChatRequest request)
    {
        switch (call.Fault)
        {
            case OpenAiFault.ConnectionReset:
                End(call);
                context.Abort();
                return;
            case OpenAiFault.TooManyRequests:
                await RefuseAsync(context, call, TooMany());
                return;
            case OpenAiFault.TooManyRequestsWithRetryAfter:
                await RefuseAsync(context, call, TooMany(), TimeSpan.FromSeconds(Options.RetryAfterSeconds));
                return;
            case OpenAiFault.InternalServerError:
                await RefuseAsync(context, call, new ChatError(500, "InternalServerError", "The server had an error while processing the request.", null, "server_error"));
                return;
            case OpenAiFault.ServiceUnavailable:
                await RefuseAsync(context, call, new ChatError(503, "ServiceUnavailable", "The service is temporarily unable to process the request.", null, "server_error"));
                return;
            case OpenAiFault.PromptFiltered:
                await RefuseAsync(context, call, new ChatError(400, "content_filter", "The response was filtered: the prompt triggered the content management policy.", "prompt", null));
                return;
            default:
                break;
        }

        // From here on, the call is processed and billed, even if the client disconnects.
        ledger.Update(call = call with { Paid = true });
        try
        {
            var latency = call.Fault == OpenAiFault.Timeout ? Options.TimeoutAfter : Options.Latency.Of(Options.Seed, call.Number);
            if (latency > TimeSpan.Zero)
                await Task.Delay(latency, Options.TimeProvider, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            End(call with { ClientGone = true });
            return;
        }

        var (done, answer) = Complete(call, request);
        if (call.Fault is OpenAiFault.ResponseLost or OpenAiFault.Timeout)
        {
            End(done);
            context.Abort();
            return;
        }

        if (OmitsUsage)
            answer.Remove("usage");
        context.Response.Headers["apim-request-id"] = RequestId(call);
        context.Response.Headers["x-ms-region"] = "Simulated";
        await SendAsync(context, done with { Status = 200 }, answer.ToJsonString());
    }

    private (OpenAiCall Call, JsonObject Answer) Complete(OpenAiCall call, ChatRequest request)
    {
        var composed = request.Day is not null && request.Schema is { } ofDay && ofDay.TryGetProperty("properties", out var asked) && asked.TryGetProperty("themes", out _)
            ? DayComposer.Compose(request.UserText)
            : request.Schema is { } ofPairs && ofPairs.TryGetProperty("properties", out var given) && given.TryGetProperty("verdicts", out _)
            ? VerdictComposer.Compose(request.UserText, VerdictFor)
            : request.Schema is { } schema
            ? SummaryComposer.Compose(schema, request.UserText, Options.KeyPoints, nullFields)
            : JsonValue.Create(string.Join(' ', PaperSentences.Read(request.UserText).Take(5).Select(static s => s.Text)));
        if (ObeysInjections && Order().Match(request.UserText) is { Success: true } order)
            composed = Texts.Change(composed, text => $"{text} {order.Value.Trim()}");
        foreach (var found in Obedience.Find(request.UserText, Obeys))
        {
            composed = Obedience.Follow(composed, request.UserText, found);
            obeyed[request.PaperId ?? ""] = true;
        }

        if (composed is JsonObject whole && !whole.ContainsKey("verdicts"))
            Revise?.Invoke(whole);
        composed = call.Fault switch
        {
            OpenAiFault.SchemaViolation => Texts.BreakSchema(composed),
            OpenAiFault.UnverifiableEvidence => Texts.Change(Texts.WithoutEvidence(composed), static (name, text) => name switch { "text" or "sentence" => Texts.WithInventedNumber(text), "papers" => "1901.00001", _ => text }),
            OpenAiFault.TextsTooShort => Texts.Change(composed, static (name, text) => name is "papers" ? text : string.Join(' ', text.Split(' ').Take(3))),
            OpenAiFault.Markup => Texts.Change(composed, static (name, text) => name is "papers" ? text : text + " <b>See</b> https://example.org/ for [more](https://example.org/)."),
            _ => composed,
        };
        var content = request.Schema is null ? composed!.GetValue<string>() : composed?.ToJsonString() ?? "null";

        var reasoning = request.ReasoningEffort switch { "none" => 0, "minimal" => 32, "low" => 192, "medium" => 768, _ => 2048 } * (50 + Chance.Below(100, Options.Seed, request.PaperId ?? request.Day ?? "", call.Attempt)) / 100;
        var room = Math.Max(0, request.MaxCompletionTokens - reasoning);
        var (finish, refusal) = ("stop", (string?)null);
        if (call.Fault == OpenAiFault.Truncated || ChatRequest.Tokens(content) > room)
            (finish, content) = ("length", content[..Math.Min(content.Length / 2, room * 4)]);
        else if (call.Fault == OpenAiFault.CompletionFiltered)
            (finish, content) = ("content_filter", content[..(content.Length / 3)]);
        else if (call.Fault == OpenAiFault.MalformedJson)
            content = content[..^Math.Min(content.Length, 2)] + ",, nonsense";
        else if (call.Fault == OpenAiFault.Refusal)
            (content, refusal) = ("", "I can't help with summarizing this text.");

        var said = call with
        {
            FinishReason = finish,
            CachedTokens = cache.Look(request.Prompt),
            ReasoningTokens = reasoning,
            CompletionTokens = Math.Min(request.MaxCompletionTokens, reasoning + ChatRequest.Tokens(content + refusal)),
        };
        var model = Options.Server == SimulatedServer.Azure ? $"{request.Model}-{Options.ModelVersion}" : request.Model;
        return (said, ServerShape.Completion(Options.Server, said, "chatcmpl-" + RequestId(call), model, content, refusal));
    }

    private ChatError TooMany() => new(429, "429", $"Requests to this deployment have exceeded its rate limit. Please retry after {Options.RetryAfterSeconds} seconds.", null, null);

    private async Task RefuseAsync(HttpContext context, OpenAiCall call, ChatError error, TimeSpan? retryAfter = null)
    {
        context.Response.Headers["apim-request-id"] = RequestId(call);
        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["retry-after-ms"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }

        await SendAsync(context, call with { Status = error.Status, Error = error.Message }, ServerShape.Error(Options.Server, error).ToJsonString());
    }

    private async Task SendAsync(HttpContext context, OpenAiCall call, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = call.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        // Recorded before the client receives the response, so a test that has the response finds the call in the log.
        End(call);
        try
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            ledger.Update(call with { EndedAt = Options.TimeProvider.GetUtcNow(), ClientGone = true });
        }
    }

    private void End(OpenAiCall call) => ledger.Update(call with { EndedAt = Options.TimeProvider.GetUtcNow() });

    private string RequestId(OpenAiCall call) => $"sim-{Options.Seed}-{call.Number:D6}";

    private async Task AdministerAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        var route = $"{context.Request.Method} {context.Request.Path.Value!["/_sim".Length..]}";
        try
        {
            switch (route)
            {
                case "GET /state":
                    break;
                case "GET /log":
                    await AdminJson.WriteAsync(context, Calls, ct);
                    return;
                case "DELETE /log":
                    ClearLog();
                    break;
                case "POST /faults":
                    await AdminJson.SetFaultsAsync(context, Faults, SetFaultRate);
                    break;
                default:
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    await AdminJson.WriteAsync(context, new { error = $"'{route}' is not one of GET state, log; POST faults; DELETE log." }, ct);
                    return;
            }
        }
        catch (Exception e) when (AdminJson.IsBadRequest(e))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await AdminJson.WriteAsync(context, new { error = $"{route}: {e.Message}" }, ct);
            return;
        }

        var calls = Calls;
        var state = new
        {
            calls = calls.Count,
            paid = calls.Count(static c => c.Paid),
            papers = PaidCalls.Count,
            days = PaidDays,
            papersPaidTwice = PaidCalls.Where(static p => p.Value > 1).ToDictionary(StringComparer.Ordinal),
            promptTokens = calls.Sum(static c => c.Paid ? (long)c.PromptTokens : 0),
            cachedTokens = calls.Sum(static c => (long)c.CachedTokens),
            completionTokens = calls.Sum(static c => (long)c.CompletionTokens),
            mostAtOnce = MostAtOnce,
            faultRates = Faults.Rates,
            faults = Faults.Counts,
            statuses = calls.GroupBy(static c => c.Status).ToDictionary(static g => g.Key.ToString(CultureInfo.InvariantCulture), static g => g.Count()),
        };
        await AdminJson.WriteAsync(context, state, ct);
    }

    [GeneratedRegex(@"\b(IMPORTANT|SYSTEM):.*|\b[Ii]gnore (all )?(previous|prior)\b.*", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Order();
}
