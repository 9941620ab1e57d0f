using Denoised.LocalRuntime;
using Denoised.LocalRuntime.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Builds an application of functions.</summary>
public sealed class FunctionsApplicationBuilder : IFunctionsWorkerApplicationBuilder
{
    private readonly LocalApplication application;

    internal FunctionsApplicationBuilder(string[] args, FunctionSource source) => application = new LocalApplication(args, source);

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services => application.Builder.Services;

    /// <summary>The settings: local.settings.json, above it the environment, above it the command line, above it what the program adds.</summary>
    public ConfigurationManager Configuration => application.Builder.Configuration;

    /// <summary>The environment's name and folders.</summary>
    public IHostEnvironment Environment => application.Builder.Environment;

    /// <summary>The logs.</summary>
    public ILoggingBuilder Logging => application.Builder.Logging;

    /// <summary>Makes the application. May be called once.</summary>
    /// <exception cref="InvalidOperationException">A function is declared wrongly; the message names it.</exception>
    /// <exception cref="InvalidDataException">host.json is wrong; the message names the place.</exception>
    public IHost Build() => application.Build();

    /// <inheritdoc/>
    void IFunctionsWorkerApplicationBuilder.Use(Type middleware) => application.Use(middleware);
}
