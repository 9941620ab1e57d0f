using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Denoised.LocalHost.Terminal;

/// <summary>Writes log entries above the progress line: time, level if relevant, message and exception.</summary>
[ProviderAlias("LiveConsole")]
internal sealed class ConsoleLoggerProvider(LiveConsole console, TimeProvider time) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(console, time, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The console outlives its loggers.
    }

    private sealed class Logger(LiveConsole console, TimeProvider time, string category) : ILogger
    {
        // "Hosting failed to start" with a stack trace: the program prints the reason itself.
        private const int HostStartFailed = 11;

        private readonly string name = category[(category.LastIndexOf('.') + 1)..];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == HostStartFailed && category == "Microsoft.Extensions.Hosting.Internal.Host")
                return;
            var level = logLevel switch
            {
                LogLevel.Critical => "CRITICAL ",
                LogLevel.Error => "ERROR ",
                LogLevel.Warning => "warning ",
                _ => "",
            };
            var moment = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            var thrown = exception is null ? "" : Environment.NewLine + exception;
            console.WriteLine($"{moment}  {level}{name}: {formatter(state, exception)}{thrown}");
        }
    }
}
