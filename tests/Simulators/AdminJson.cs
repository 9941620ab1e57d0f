using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Denoised.Simulators;

/// <summary>Reads and writes the JSON of the simulators' admin endpoints.</summary>
internal static class AdminJson
{
    private static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public static Task WriteAsync<T>(HttpContext context, T value, CancellationToken ct) => context.Response.WriteAsJsonAsync(value, options, ct);

    public static async Task<JsonElement> ReadAsync(HttpContext context) =>
        await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);

    /// <summary>Whether an exception indicates an invalid request body.</summary>
    public static bool IsBadRequest(Exception e) => e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException;

    /// <summary>Reads <c>{"seed":1,"rate":0.1,"kinds":{"Slow":0.05},"next":"Slow"}</c>; each property is optional.</summary>
    public static async Task SetFaultsAsync<TFault>(HttpContext context, FaultPlan<TFault> faults, Action<double> setRate)
        where TFault : struct, Enum
    {
        var body = await ReadAsync(context);
        if (body.TryGetProperty("seed", out var seed))
            faults.Seed = seed.GetInt32();
        if (body.TryGetProperty("rate", out var rate))
            setRate(rate.GetDouble());
        if (body.TryGetProperty("kinds", out var kinds))
        {
            foreach (var kind in kinds.EnumerateObject())
                faults.SetRate(Enum.Parse<TFault>(kind.Name, ignoreCase: true), kind.Value.GetDouble());
        }

        if (body.TryGetProperty("next", out var next))
            faults.FailNext(Enum.Parse<TFault>(next.GetString()!, ignoreCase: true));
    }
}
