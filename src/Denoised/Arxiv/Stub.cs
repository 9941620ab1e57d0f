using Denoised.Papers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
namespace Denoised.Arxiv;
public sealed class ArxivOptions { public IReadOnlyList<string> Categories { get; init; } = ["cs.LG"]; }
public sealed class ArxivClient
{
    public Task<Listing> ReadListingAsync(string category, CancellationToken ct) => throw new NotSupportedException();
    public Task<Listing> ReadCatchUpAsync(string category, ListingDay day, CancellationToken ct) => throw new NotSupportedException();
    public Task<Listing> ReadSubmittedAsync(string category, ListingDay day, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => throw new NotSupportedException();
    public Task<MetadataPage> ReadMetadataAsync(IReadOnlyCollection<ArxivId> ids, CancellationToken ct) => throw new NotSupportedException();
}
public static class ArxivStub { public static IServiceCollection AddArxiv(this IServiceCollection s, IConfiguration c) => s; }
