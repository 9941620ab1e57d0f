using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Denoised.Benchmarks.Load;

/// <summary>What <c>wrk</c> (https://github.com/wg/wrk) measured.</summary>
/// <param name="PerSecond">Requests a second.</param>
/// <param name="P99">The latency that 99 % of the requests stay under.</param>
/// <param name="Errors">Answers of 4xx and 5xx.</param>
/// <param name="Broken">Connections, reads and writes that failed, and time-outs.</param>
internal sealed partial record Wrk(double PerSecond, TimeSpan P99, long Errors, long Broken)
{
    /// <summary>Connections at once, where a run says nothing else.</summary>
    public const int Connections = 32;

    /// <summary>Asks an address as often as it answers.</summary>
    /// <param name="address">What is asked for.</param>
    /// <param name="duration">How long, in whole seconds.</param>
    /// <param name="script">A Lua script that makes the requests, or null.</param>
    /// <param name="headers">Headers of each request, <c>name: value</c>.</param>
    /// <exception cref="FileNotFoundException">wrk is not installed.</exception>
    /// <exception cref="InvalidDataException">Its report cannot be read; the message holds it.</exception>
    public static Task<Wrk> RunAsync(Uri address, TimeSpan duration, string? script = null, params string[] headers) => RunAsync(address, duration, Connections, script, headers);

    /// <inheritdoc cref="RunAsync(Uri, TimeSpan, string?, string[])"/>
    /// <param name="address">What is asked for.</param>
    /// <param name="duration">How long, in whole seconds.</param>
    /// <param name="connections">Connections at once.</param>
    /// <param name="script">A Lua script that makes the requests, or null.</param>
    /// <param name="headers">Headers of each request, <c>name: value</c>.</param>
    public static async Task<Wrk> RunAsync(Uri address, TimeSpan duration, int connections, string? script, params string[] headers)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-t1", string.Create(CultureInfo.InvariantCulture, $"-c{connections}"), string.Create(CultureInfo.InvariantCulture, $"-d{duration.TotalSeconds:0}s"), "--latency", .. script is null ? Array.Empty<string>() : ["-s", script]])
            start.ArgumentList.Add(argument);
        foreach (var header in headers)
        {
            start.ArgumentList.Add("-H");
            start.ArgumentList.Add(header);
        }

        start.ArgumentList.Add(address.ToString());
        string report;
        try
        {
            using var process = Process.Start(start)!;
            report = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
        }
        catch (Win32Exception exception)
        {
            throw new FileNotFoundException("wrk is not installed (Debian: apt-get install wrk).", exception);
        }

        if (Rate().Match(report) is not { Success: true } rate || Tail().Match(report) is not { Success: true } tail)
            throw new InvalidDataException("wrk's report has no rate or no 99 % line:" + Environment.NewLine + report);
        var p99 = double.Parse(tail.Groups["value"].Value, CultureInfo.InvariantCulture);
        return new Wrk(
            double.Parse(rate.Groups["value"].Value, CultureInfo.InvariantCulture),
            tail.Groups["unit"].Value switch { "us" => TimeSpan.FromMilliseconds(p99 / 1000), "ms" => TimeSpan.FromMilliseconds(p99), _ => TimeSpan.FromSeconds(p99) },
            ErrorAnswers().Match(report) is { Success: true } errors ? long.Parse(errors.Groups["value"].Value, CultureInfo.InvariantCulture) : 0,
            SocketErrors().Match(report) is { Success: true } broken ? broken.Groups["value"].Captures.Sum(capture => long.Parse(capture.Value, CultureInfo.InvariantCulture)) : 0);
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<value>[\d.]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"^\s+99%\s+(?<value>[\d.]+)(?<unit>us|ms|s)\s*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tail();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (?<value>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ErrorAnswers();

    [GeneratedRegex(@"Socket errors:(\s(connect|read|write|timeout) (?<value>\d+),?)+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SocketErrors();
}
