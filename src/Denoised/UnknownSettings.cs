using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Denoised;

/// <summary>A configuration section and its known settings.</summary>
/// <param name="Name">The name of the section, such as <c>Summarizer</c>.</param>
/// <param name="Keys">The names of its settings.</param>
public sealed record SettingsSection(string Name, IReadOnlyList<string> Keys)
{
    /// <summary>Creates the section bound to an options type.</summary>
    public static SettingsSection Of<TOptions>(string name) =>
        new(name, [.. typeof(TOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)]);
}

/// <summary>Warns at startup about unknown settings, such as misspelt names. Otherwise the default would apply silently.</summary>
internal sealed partial class UnknownSettings(
    IConfiguration configuration, IEnumerable<SettingsSection> sections, ILogger<UnknownSettings> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var section in sections)
        {
            foreach (var setting in configuration.GetSection(section.Name).GetChildren())
            {
                if (!section.Keys.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                    LogUnknown(setting.Path, section.Name, string.Join(", ", section.Keys));
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "The setting {Setting} is unknown and has no effect. Section {Section} has: {Known}.")]
    private partial void LogUnknown(string setting, string section, string known);
}

/// <summary>Registers the sections that <see cref="UnknownSettings"/> checks.</summary>
public static class UnknownSettingsServices
{
    /// <summary>Declares that a section is bound to an options type.</summary>
    public static IServiceCollection AddKnownSettings<TOptions>(this IServiceCollection services, string section) =>
        services.AddSingleton(SettingsSection.Of<TOptions>(section));
}
