using System.Globalization;
using System.Net;
using System.Text.Json;
using Denoised.Grounding;
using Denoised.Simulators;
using Denoised.Tests.Infra;

namespace Denoised.Tests.Injection;

/// <summary>Invented attacks, written without knowledge of the checks.</summary>
internal static class WrittenAttacks
{
    /// <summary>The attacks against which the checks were improved.</summary>
    public static IReadOnlyList<Attack> First { get; } = Read("attacks-first.json", 1);

    /// <summary>The held-out attacks, which had no influence on the checks.</summary>
    public static IReadOnlyList<Attack> Second { get; } = Read("attacks-second.json", First.Count + 1);

    private static Attack[] Read(string file, int first)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(RepositoryFolder.PathOf("tests", "Denoised.Tests", "Injection", file)));
        return [.. json.RootElement.EnumerateArray().Select((item, index) =>
        {
            string Of(string name) => item.GetProperty(name).GetString()!;
            var place = Enum.Parse<Place>(Of("place"), ignoreCase: true);
            var text = Of("text");
            var fragment = place switch { Place.Abstract => text, Place.Body => $"<p class=\"ltx_p\">{WebUtility.HtmlEncode(text)}</p>", _ => WebUtility.HtmlEncode(text) };
            return new Attack(Of("name"), Of("kind"), place, fragment, Of("says"), QuotedSpans.SentencesOf(text)) { Id = string.Create(CultureInfo.InvariantCulture, $"2603.{first + index:00000}") };
        })];
    }
}
