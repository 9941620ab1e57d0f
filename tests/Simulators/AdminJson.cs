using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Denoised.Simulators;

/// <summary>The JSON of the simulators' own endpoints.</summary>
internal static class AdminJson
{
    private static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public static Task WriteAsync<T>(HttpContext context, T value, CancellationToken ct) => context.Response.WriteAsJsonAsync(value, options, ct);
}
