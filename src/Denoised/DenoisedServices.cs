using Denoised.Api;
using Denoised.Arxiv;
using Denoised.Arxiv.Text;
using Denoised.Collecting;
using Denoised.Glances;
using Denoised.Publishing;
using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Denoised;

/// <summary>Registers the product. Whatever setting is wrong stops the start with a sentence that names it.</summary>
public static class DenoisedServices
{
    /// <summary>Adds everything that the functions call.</summary>
    public static IServiceCollection AddDenoised(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);

        // It writes each request's address, and with it the function key of `?code=`, into the logs.
        services.AddLogging(static logging => logging
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
            // Several lines for each request, of which traces and metrics tell already.
            .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning));
        services.AddHostedService<UnknownSettings>();
        services.AddKnownSettings<ArxivOptions>(ArxivOptions.Section);
        services.AddKnownSettings<CollectOptions>(CollectOptions.Section);
        services.AddKnownSettings<SummarizerOptions>(SummarizerOptions.Section);
        services.AddKnownSettings<PublishingOptions>(PublishingOptions.Section);
        services.AddDenoisedStorage(configuration);
        services.AddArxiv(configuration);

        // By reflection: the validators that [OptionsValidator] generates put a text of their own in place of a range's ErrorMessage.
        services.AddOptions<CollectOptions>().BindConfiguration(CollectOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SharedLeases>();
        services.AddSingleton<RunTable>();
        services.AddSingleton<CollectionSchedule>();
        services.AddSingleton<SummaryPlan>();
        services.AddSingleton<ListingDoubts>();
        services.AddSingleton<ListingRecorder>();
        services.AddSingleton<ListingReader>();
        services.AddSingleton<Enrichment>();
        services.AddSingleton<Repair>();
        services.AddSingleton<ModelCoverage>();
        services.AddSingleton<Collector>();
        services.AddSingleton<CollectRequests>();
        services.AddSingleton<Retention>();

        services.AddOptions<SummarizerOptions>().BindConfiguration(SummarizerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ModelClient>();
        services.AddSingleton<ModelGate>();
        services.AddSingleton<TokenBudget>();
        services.AddSingleton<ModelCalls>();
        services.AddSingleton<Verifier>();
        services.AddSingleton<ModelSummarizer>();
        services.AddSingleton<RequestLine>();
        services.AddSingleton(provider => new PdfChildProcess(PdfReaderCommand.OfThisProgram(), PdfReadLimits.Default, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IPaperTextSource, FullTextSource>();
        services.AddSingleton<PaperSummarizer>();
        services.AddSingleton<SummaryRequests>();

        services.AddSingleton<GlancePlan>();
        services.AddSingleton<ModelGlance>();
        services.AddSingleton<DayGlancer>();

        services.AddOptions<PublishingOptions>().BindConfiguration(PublishingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SiteContainer>();
        services.AddSingleton<PublishedPapers>();
        services.AddSingleton<Pages>();
        services.AddSingleton<DayPublisher>();
        services.AddSingleton<PublishRequests>();
        services.AddSingleton<SitePublisher>();

        services.AddSingleton<ApiGuard>();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<DaySummaries>();
        services.AddSingleton<PapersApi>();
        services.AddSingleton<PublishedEdition>();
        services.AddSingleton<SearchApi>();
        services.AddSingleton<FeedApi>();
        services.AddSingleton<ExportApi>();
        services.AddSingleton<StatusApi>();
        services.AddSingleton<RequestsApi>();
        services.AddSingleton<OpenApi>();
        return services;
    }
}
