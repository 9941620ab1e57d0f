using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Denoised.LocalHost.Settings;

namespace Denoised.LocalHost.Emulator;

/// <summary>The storage emulator as a child process. It ends with this process, even after a crash.</summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const string WellKnownAccount = "devstoreaccount1";

    // Public: documented with the emulator.
    private const string WellKnownKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan startLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan stopLimit = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly int extraAccounts;
    private int accountsTaken;

    private AzuriteProcess(Process process, int extraAccounts, int blobPort, int queuePort, int tablePort)
    {
        this.process = process;
        this.extraAccounts = extraAccounts;
        (BlobPort, QueuePort, TablePort) = (blobPort, queuePort, tablePort);
    }

    /// <summary>The folder of the emulator's npm package.</summary>
    public static string PackageFolder => Path.Combine(Repository.Root, "src", "LocalHost", "node");

    /// <summary>The blob port.</summary>
    public int BlobPort { get; }

    /// <summary>The queue port.</summary>
    public int QueuePort { get; }

    /// <summary>The table port.</summary>
    public int TablePort { get; }

    /// <summary>The connection string of the well-known account.</summary>
    public string ConnectionString => ConnectionStringOf(WellKnownAccount);

    /// <summary>Installs the emulator if necessary, starts it and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">The installation or the start failed; the message gives the reason.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, Action<string> writeLine, CancellationToken cancellationToken)
    {
        await NodePackages.EnsureInstalledAsync(PackageFolder, writeLine, cancellationToken);

        List<string> arguments =
        [
            "azurite.js", "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobPort", Text(options.BlobPort), "--queuePort", Text(options.QueuePort), "--tablePort", Text(options.TablePort),
        ];
        if (options.DataFolder is { } folder)
            arguments.AddRange(["--location", folder]);
        else
            arguments.Add("--inMemoryPersistence");

        var accounts = Enumerable.Range(1, options.ExtraAccounts)
            .Select(AccountName)
            .Prepend(WellKnownAccount)
            .Select(account => $"{account}:{WellKnownKey}");
        var node = NodeProgram.Start(
            "node", arguments, PackageFolder, new Dictionary<string, string>(StringComparer.Ordinal) { ["AZURITE_ACCOUNTS"] = string.Join(';', accounts) });
        try
        {
            var ports = await ListeningAsync(node, cancellationToken);
            return new AzuriteProcess(node, options.ExtraAccounts, ports["Blob"], ports["Queue"], ports["Table"]);
        }
        catch
        {
            node.Kill(entireProcessTree: true);
            node.Dispose();
            throw;
        }
    }

    /// <summary>Gets the connection string of an unused account.</summary>
    /// <exception cref="InvalidOperationException">All of <see cref="AzuriteOptions.ExtraAccounts"/> are in use.</exception>
    public string TakeAccount()
    {
        var number = Interlocked.Increment(ref accountsTaken);
        return number <= extraAccounts
            ? ConnectionStringOf(AccountName(number))
            : throw new InvalidOperationException($"All {extraAccounts} extra accounts of the emulator are taken: start it with more.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(stopLimit);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.Dispose();
    }

    private static async Task<Dictionary<string, int>> ListeningAsync(Process node, CancellationToken cancellationToken)
    {
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        var printed = new StringBuilder();
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Reads until the process ends: a full pipe would block it.
        void Read(string? line)
        {
            if (line is null || listening.Task.IsCompleted)
                return;
            lock (ports)
            {
                printed.AppendLine(line);
                if (ListeningLine().Match(line) is { Success: true } match)
                    ports[match.Groups["service"].Value] = int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
                if (ports.Count == 3)
                    listening.TrySetResult();
            }
        }

        node.OutputDataReceived += (_, e) => Read(e.Data);
        node.ErrorDataReceived += (_, e) => Read(e.Data);
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(startLimit);
        var exited = node.WaitForExitAsync(limit.Token);
        await Task.WhenAny(listening.Task, exited);
        if (!listening.Task.IsCompletedSuccessfully)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (ports)
                throw new InvalidOperationException($"The storage emulator did not start:{Environment.NewLine}{printed}");
        }

        await limit.CancelAsync();
        await exited.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ports;
    }

    private static string AccountName(int number) => $"account{number.ToString(CultureInfo.InvariantCulture)}";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private string ConnectionStringOf(string account) => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={WellKnownKey};BlobEndpoint=http://127.0.0.1:{BlobPort}/{account};QueueEndpoint=http://127.0.0.1:{QueuePort}/{account};TableEndpoint=http://127.0.0.1:{TablePort}/{account};");

    [GeneratedRegex(@"Azurite (?<service>Blob|Queue|Table) service .*listening (?:at|on) https?://[^:]+:(?<port>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex ListeningLine();
}
