using Denoised.PaperText.Pdf;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.PaperText;

/// <summary>Registers the readers of papers.</summary>
public static class PaperTextServices
{
    /// <summary>Adds the readers of papers.</summary>
    public static IServiceCollection AddPaperText(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(provider => new PdfChildProcess(
            PdfReaderCommand.OfThisProgram(), PdfReadLimits.Default, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
