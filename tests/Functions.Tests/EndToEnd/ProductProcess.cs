using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Denoised.LocalHost;

namespace Denoised.Functions.Tests.EndToEnd;

/// <summary>The product as a user starts it: a process with environment variables as settings and its own ports.</summary>
internal sealed partial class ProductProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<(Uri Site, Uri Api)> addresses = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Uri? site;

    private ProductProcess(Process process) => this.process = process;

    /// <summary>The address of the page.</summary>
    public Uri Site { get; private set; } = null!;

    /// <summary>A client of the API.</summary>
    public HttpClient Api { get; } = new();

    /// <summary>The output of the process.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Starts an instance.</summary>
    /// <param name="connection">The connection string of its storage account.</param>
    /// <param name="clockOffset">The offset of its clock.</param>
    /// <param name="settings">Settings as environment variables.</param>
    public static async Task<ProductProcess> StartAsync(string connection, TimeSpan clockOffset, params (string Name, string Value)[] settings)
    {
        // The product builds an outdated page at its start, which must not overlap with a build by a test.
        await Frontend.EnsureBuiltAsync();
        var start = new ProcessStartInfo("dotnet", [typeof(LocalApplication).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["AzureWebJobsStorage"] = connection;
        start.Environment["LocalHost__ApiPort"] = "0";
        start.Environment["LocalHost__SitePort"] = "0";
        start.Environment["LocalHost__ClockOffset"] = clockOffset.ToString("c", CultureInfo.InvariantCulture);
        start.Environment["Arxiv__Categories"] = "cs.LG";
        start.Environment["Arxiv__Contact"] = "tests@example.org";
        start.Environment["Arxiv__ApiInterval"] = "00:00:00";
        start.Environment["Arxiv__PageInterval"] = "00:00:00";
        start.Environment["Arxiv__ClockMargin"] = "00:00:00";
        start.Environment["Publishing__MinimumInterval"] = "00:00:02";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        var product = new ProductProcess(Process.Start(start)!);
        product.process.OutputDataReceived += (_, line) => product.Read(line.Data);
        product.process.ErrorDataReceived += (_, line) => product.Read(line.Data);
        product.process.BeginOutputReadLine();
        product.process.BeginErrorReadLine();
        try
        {
            var (site, api) = await product.addresses.Task.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
            product.Site = site;
            product.Api.BaseAddress = api;
            return product;
        }
        catch (Exception exception)
        {
            await product.DisposeAsync();
            throw new InvalidOperationException($"The product did not start: {product.Output}", exception);
        }
    }

    /// <summary>Waits until the status meets a condition.</summary>
    public async Task<JsonElement> WaitForAsync(Func<JsonElement, bool> condition, TimeSpan limit)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(limit);
        var status = default(JsonElement);
        try
        {
            while (true)
            {
                status = await Api.GetFromJsonAsync<JsonElement>("status", timeout.Token);
                if (condition(status))
                    return status;
                await Task.Delay(500, timeout.Token);
            }
        }
        catch (OperationCanceledException exception) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Not so within {limit}. The status: {status}. The product said: {Output}", exception);
        }
    }

    /// <summary>Kills the process, like a crash.</summary>
    public void Kill() => process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        Api.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.AppendLine(line);
        if (AddressLine().Match(line) is not { Success: true } match)
            return;
        if (match.Groups["what"].Value == "Page")
            site = new Uri(match.Groups["address"].Value);
        else if (site is not null)
            addresses.TrySetResult((site, new Uri(match.Groups["address"].Value)));
    }

    [GeneratedRegex(@"^(?<what>Page|API)\s+(?<address>http://\S+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AddressLine();
}
