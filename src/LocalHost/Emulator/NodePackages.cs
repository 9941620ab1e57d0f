using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Denoised.LocalHost.Emulator;

/// <summary>The npm packages of a folder with a package-lock.json.</summary>
internal static class NodePackages
{
    private const int MinNodeVersion = 20;

    /// <summary>
    /// Installs the packages of package-lock.json, once per version of that file. Concurrent processes wait for the one that installs.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="writeLine">Receives progress messages.</param>
    /// <param name="cancellationToken">Cancels the wait and the installation.</param>
    /// <exception cref="InvalidOperationException">Node.js is missing or too old, or npm failed; the message names the remedy.</exception>
    public static async Task EnsureInstalledAsync(string folder, Action<string> writeLine, CancellationToken cancellationToken)
    {
        folder = Path.GetFullPath(folder);
        var lockFile = Path.Combine(folder, "package-lock.json");
        if (!File.Exists(lockFile))
            throw new InvalidOperationException($"{lockFile} is missing: packages are installed only as it pins them.");
        var state = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(lockFile, cancellationToken)))[..16];
        var mark = Path.Combine(folder, "node_modules", $".installed-{state}");
        if (File.Exists(mark))
            return;

        using var exclusive = await LockAsync(folder, writeLine, cancellationToken);
        if (File.Exists(mark))
            return;

        writeLine($"Installing the packages of {folder} (once; this takes a minute) ...");
        // npm ci deletes node_modules first, including the marker of a previous installation.
        var (exitCode, output) = await NodeProgram.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], folder, cancellationToken);
        if (exitCode != 0)
            throw new InvalidOperationException($"'npm ci' in {folder} ended with {exitCode}:{Environment.NewLine}{output}");
        // npm does not create node_modules if there are no packages.
        Directory.CreateDirectory(Path.GetDirectoryName(mark)!);
        await File.WriteAllTextAsync(mark, "", cancellationToken);
    }

    /// <summary>Checks that Node.js is installed and recent enough.</summary>
    /// <exception cref="InvalidOperationException">Node.js is missing or too old.</exception>
    public static async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        var (_, output) = await NodeProgram.RunAsync("node", ["--version"], Environment.CurrentDirectory, cancellationToken);
        var text = output.Trim();
        if (!int.TryParse(text.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
            throw new InvalidOperationException($"'node --version' prints '{text}', which is not a version: install Node.js {MinNodeVersion} or later.");
        if (major < MinNodeVersion)
            throw new InvalidOperationException($"Node.js {MinNodeVersion} or later is needed, but the one in PATH is {text}: install a newer one.");
    }

    private static async Task<FileStream> LockAsync(string folder, Action<string> writeLine, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        var file = Path.Combine(Path.GetTempPath(), $"denoised-npm-{name}.lock");
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                // Another process holds the lock. The operating system releases it when that process ends, even after a crash.
                if (!told)
                    writeLine($"Another process installs the packages of {folder}; waiting for it ...");
                await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
            }
        }
    }
}
