using Denoised.Functions;
using Denoised.LocalHost.Invocation;
using Denoised.LocalHost.Terminal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Denoised.LocalHost.Start;

/// <summary>Starts the functions locally and runs them until Ctrl+C.</summary>
internal static class LocalProgram
{
    /// <summary>Runs the program.</summary>
    /// <param name="args">The command line: <c>--Key=value</c> sets a configuration value.</param>
    /// <returns>0 after a stop, 1 after a failed start. The reason is written to standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        IHost? host = null;
        try
        {
            var application = new LocalApplication(args, FunctionSource.Of(typeof(ApiFunctions).Assembly));
            application.Services.AddDenoised(application.Configuration);
            application.Services.AddTelemetryExport(application.Configuration);
            host = application.Build();
            await host.StartAsync();
        }
        catch (OperationCanceledException) when (host is not null && host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            return await DisposeAsync(host, 0);
        }
#pragma warning disable CA1031 // Any exception ends the process with an error message.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync(StartFailure.Describe(e));
            if (ShouldPrintStackTrace(args))
                await Console.Error.WriteLineAsync(e.ToString());
            if (host is null)
                return 1;
            await host.StopAsync();
            return await DisposeAsync(host, 1);
        }

        await host.WaitForShutdownAsync();
        host.Services.GetRequiredService<LiveConsole>().WriteLast("Stopped.");
        return await DisposeAsync(host, 0);
    }

    /// <summary>Reads the switch without the configuration, which may be the cause of the failure.</summary>
    private static bool ShouldPrintStackTrace(string[] args)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        return bool.TryParse(settings[StartFailure.StackTraceSetting], out var wanted) && wanted;
    }

    private static async Task<int> DisposeAsync(IHost host, int exitCode)
    {
        await ((IAsyncDisposable)host).DisposeAsync();
        return exitCode;
    }
}
