using Denoised.Collecting;
using Denoised.LocalHost.Emulator;
using Denoised.LocalHost.Http;
using Denoised.LocalHost.Invocation;
using Denoised.LocalHost.Samples;
using Denoised.LocalHost.Settings;
using Denoised.LocalHost.Site;
using Denoised.LocalHost.Start;
using Denoised.LocalHost.Terminal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost;

/// <summary>Combines functions, storage emulator, page and console in one process.</summary>
internal sealed class LocalApplication
{
    private readonly FunctionSource source;
    private readonly AppSettings settings;
    private readonly WebApplicationBuilder builder;
    private bool isBuilt;

    public LocalApplication(string[] args, FunctionSource source)
    {
        this.source = source;
        settings = AppSettings.Read(source.Folder, System.Environment.GetEnvironmentVariables());
        builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "Denoised",
            ContentRootPath = source.Folder,
            // The same environment name as that of Azure Functions Core Tools.
            EnvironmentName = Environments.Development,
        });
        builder.Configuration.AddInMemoryCollection(settings.Values).AddCommandLine(args);
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateScopes = true);

        AddLogging();
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(provider => new OffsetTime(provider.GetRequiredService<IOptions<LocalHostOptions>>().Value.ClockOffset));
        services.AddSingleton(_ => LiveConsole.OfProcess());
        services.AddSingleton<StorageConnection>();
        services.AddSingleton<StorageStart>();
        services.AddSingleton<LocalAddresses>();
        services.AddSingleton<ISamplePapers, SamplePapers>();
        services.AddOptions<LocalHostOptions>().BindConfiguration(LocalHostOptions.Section);
        services.AddKnownSettings<LocalHostOptions>(LocalHostOptions.Section);
        // Registered first: it starts before all other services and stops after them.
        services.AddHostedService<StorageEmulator>();
    }

    /// <summary>The application's services.</summary>
    public IServiceCollection Services => builder.Services;

    /// <summary>The settings, lowest precedence first: local.settings.json, environment, command line, additions by the program.</summary>
    public ConfigurationManager Configuration => builder.Configuration;

    /// <summary>The logging configuration.</summary>
    public ILoggingBuilder Logging => builder.Logging;

    /// <summary>Builds the application.</summary>
    public IHost Build()
    {
        if (isBuilt)
            throw new InvalidOperationException("The application has been built already.");
        isBuilt = true;

        var functions = FunctionDescription.FindIn(source.Types);
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(HostSettings.Read(source.Folder, builder.Configuration));
        services.AddSingleton(functions);
        services.AddSingleton<Shutdown>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<HttpFunctions>();
        // Provides the result executors. AddMvc would also add authentication and authorization to every request, which nothing here uses.
        services.AddMvcCore();
        services.AddHostedService<SiteServer>();
        services.AddHostedService<FunctionRuntime>();
        services.AddHostedService<SiteStartup>();
        services.AddHostedService<Progress>();
        services.AddHostedService<ModelCheck>();
        services.AddOptions<HostOptions>().Configure<IOptions<LocalHostOptions>>(
            (host, local) => host.ShutdownTimeout = local.Value.ShutdownGrace + local.Value.CancellationGrace + TimeSpan.FromSeconds(5));

        var options = builder.Configuration.GetSection(LocalHostOptions.Section).Get<LocalHostOptions>() ?? new LocalHostOptions();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenOnThisMachine(options.ApiPort);
        });

        var app = builder.Build();
        app.Services.GetRequiredService<HttpFunctions>().Map(app, functions);
        return app;
    }

    private void AddLogging()
    {
        var logging = builder.Logging;
        logging.SetMinimumLevel(LogLevel.Warning);
        // 404 and 409 responses are routine for storage, and retries are not worth a log entry.
        logging.AddFilter("Azure", LogLevel.Error);
        logging.AddFilter("Polly", LogLevel.Error);
        logging.AddFilter("System.Net.Http", LogLevel.Error);
        logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Services.AddSingleton<ILoggerProvider, ConsoleLoggerProvider>();
    }
}
