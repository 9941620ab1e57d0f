using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Denoised.Simulators.Arxiv;

/// <summary>The simulator's admin endpoints under <c>/_sim/</c>; they are not recorded or rate limited.</summary>
internal sealed class ArxivSimulatorAdmin(ArxivSimulator simulator)
{
    public async Task HandleAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        var route = $"{context.Request.Method} {context.Request.Path.Value!["/_sim".Length..]}";
        try
        {
            switch (route)
            {
                case "GET /state":
                    break;
                case "POST /today":
                    simulator.Today = Day((await AdminJson.ReadAsync(context)).GetProperty("day"));
                    break;
                case "POST /stale":
                    var stale = (await AdminJson.ReadAsync(context)).GetProperty("day");
                    simulator.StaleFeedDay = stale.ValueKind == JsonValueKind.Null ? null : Day(stale);
                    break;
                case "POST /empty":
                    simulator.FeedIsEmpty = (await AdminJson.ReadAsync(context)).GetProperty("empty").GetBoolean();
                    break;
                case "POST /down":
                    var change = await AdminJson.ReadAsync(context);
                    simulator.SetDown(Enum.Parse<ArxivService>(change.GetProperty("service").GetString()!, ignoreCase: true), change.GetProperty("down").GetBoolean());
                    break;
                case "POST /faults":
                    await AdminJson.SetFaultsAsync(context, simulator.Faults, simulator.SetFaultRate);
                    break;
                case "GET /log":
                    await AdminJson.WriteAsync(context, simulator.Requests, ct);
                    return;
                case "DELETE /log":
                    simulator.ClearLog();
                    break;
                case "GET /violations":
                    await AdminJson.WriteAsync(context, simulator.Violations, ct);
                    return;
                default:
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    await AdminJson.WriteAsync(context, new { error = $"'{route}' is not one of GET state, log, violations; POST today, stale, empty, down, faults; DELETE log." }, ct);
                    return;
            }
        }
        catch (Exception e) when (AdminJson.IsBadRequest(e))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await AdminJson.WriteAsync(context, new { error = $"{route}: {e.Message}" }, ct);
            return;
        }

        await AdminJson.WriteAsync(context, State(), ct);
    }

    private object State() => new
    {
        today = simulator.Today,
        staleFeedDay = simulator.StaleFeedDay,
        feedIsEmpty = simulator.FeedIsEmpty,
        down = simulator.Down,
        days = simulator.Catalogue.Days.ToDictionary(static day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day => simulator.Catalogue.On(day).Count),
        requests = simulator.Requests.Count,
        violations = simulator.Violations.Count,
        requestsWithoutContact = simulator.RequestsWithoutContact.Count,
        faultRates = simulator.Faults.Rates,
        faults = simulator.Faults.Counts,
    };

    private static DateOnly Day(JsonElement value) => DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
