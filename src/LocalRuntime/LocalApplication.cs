using Denoised.LocalRuntime.Emulator;
using Denoised.LocalRuntime.Http;
using Denoised.LocalRuntime.Invocation;
using Denoised.LocalRuntime.Samples;
using Denoised.LocalRuntime.Settings;
using Denoised.LocalRuntime.Site;
using Denoised.LocalRuntime.Terminal;
using Denoised.Papers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.LocalRuntime;

/// <summary>Puts functions, storage emulator, page and console together into one process.</summary>
internal sealed class LocalApplication
{
    private readonly FunctionSource source;
    private readonly AppSettings settings;
    private readonly List<Type> middleware = [];
    private bool isBuilt;

    public LocalApplication(string[] args, FunctionSource source)
    {
        this.source = source;
        settings = AppSettings.Read(source.Folder, System.Environment.GetEnvironmentVariables());
        Builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "Denoised",
            ContentRootPath = source.Folder,
            // As the host's tools name a developer's machine.
            EnvironmentName = Environments.Development,
        });
        Builder.Configuration.AddInMemoryCollection(settings.Values).AddCommandLine(args);
        Builder.Host.UseDefaultServiceProvider(provider => provider.ValidateScopes = true);

        AddLogging();
        var services = Builder.Services;
        services.AddSingleton<TimeProvider>(provider => new OffsetTime(provider.GetRequiredService<IOptions<LocalRuntimeOptions>>().Value.ClockOffset));
        services.AddSingleton(_ => LiveConsole.OfProcess());
        services.AddSingleton<StorageConnection>();
        services.AddSingleton<StorageStart>();
        services.AddSingleton<LocalAddresses>();
        services.AddSingleton<ISamplePapers, SamplePapers>();
        services.AddOptions<LocalRuntimeOptions>().BindConfiguration(LocalRuntimeOptions.Section);
        // First, so that it starts before and stops after whatever the program adds.
        services.AddHostedService<StorageEmulator>();
    }

    /// <summary>What the program adds to.</summary>
    public WebApplicationBuilder Builder { get; }

    /// <summary>Adds a middleware inside those already added.</summary>
    public void Use(Type type)
    {
        Builder.Services.AddSingleton(type);
        middleware.Add(type);
    }

    /// <summary>Makes the application.</summary>
    public IHost Build()
    {
        if (isBuilt)
            throw new InvalidOperationException("The application has been built already.");
        isBuilt = true;

        var functions = FunctionDescription.FindIn(source.Types);
        var services = Builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(HostSettings.Read(source.Folder, Builder.Configuration));
        services.AddSingleton(functions);
        services.AddSingleton<Shutdown>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FunctionInvoker>(provider, (IReadOnlyList<Type>)middleware));
        services.AddSingleton<HttpFunctions>();
        // What results are written by. AddMvc would put authentication and authorization, which nothing here has, in front of every request.
        services.AddMvcCore();
        services.AddHostedService<SiteServer>();
        services.AddHostedService<FunctionRuntime>();
        services.AddHostedService<Progress>();
        services.AddHostedService<SiteStartup>();
        services.AddOptions<HostOptions>().Configure<IOptions<LocalRuntimeOptions>>(
            (host, local) => host.ShutdownTimeout = local.Value.ShutdownGrace + local.Value.CancellationGrace + TimeSpan.FromSeconds(5));

        var options = Builder.Configuration.GetSection(LocalRuntimeOptions.Section).Get<LocalRuntimeOptions>() ?? new LocalRuntimeOptions();
        Builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenOnThisMachine(options.ApiPort);
        });

        var app = Builder.Build();
        app.Services.GetRequiredService<HttpFunctions>().Map(app, functions);
        return app;
    }

    private void AddLogging()
    {
        var logging = Builder.Logging;
        logging.SetMinimumLevel(LogLevel.Warning);
        // Storage answers 404 and 409 all the time, and a retry is no news.
        logging.AddFilter("Azure", LogLevel.Error);
        logging.AddFilter("Polly", LogLevel.Error);
        logging.AddFilter("System.Net.Http", LogLevel.Error);
        logging.AddConfiguration(Builder.Configuration.GetSection("Logging"));
        Builder.Services.AddSingleton<ILoggerProvider, ConsoleLoggerProvider>();
    }
}
