using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using Denoised.Arxiv;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.TestSupport.Papers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Tests.Arxiv;

public sealed class ArxivClientTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ArxivClient Client(LocalArxiv server, params IEnumerable<(string Key, string Value)> settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["Arxiv:FeedAddress"] = server.Address.ToString(),
            ["Arxiv:ApiAddress"] = server.Address.ToString(),
            ["Arxiv:PageAddress"] = server.Address.ToString(),
            ["Arxiv:ApiInterval"] = "00:00:00.010",
            ["Arxiv:PageInterval"] = "00:00:00.010",
            ["Arxiv:ClockMargin"] = "00:00:00",
            ["Arxiv:Contact"] = "https://denoised.example/about",
        };
        foreach (var (key, value) in settings)
            values["Arxiv:" + key] = value;
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(storage.Tables())
            .AddArxiv(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .BuildServiceProvider();
        return services.GetRequiredService<ArxivClient>();
    }

    private static Task<LocalArxiv> Answering(string text, int status = 200, string type = "text/xml") => LocalArxiv.StartAsync(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(text, Cancellation);
    });

    [Fact]
    public async Task The_client_reads_a_listing_with_its_own_user_agent()
    {
        await using var server = await Answering(ArxivWriter.Rss([ArxivWriter.Sample()]));
        var listing = await Client(server).ReadListingAsync("cs.LG", Cancellation);
        Assert.Equal(ListingDay.Parse("2026-03-17"), listing.Day);
        Assert.Equal("2603.00001", Assert.Single(listing.Papers).Paper.Id.Value);
        var visit = Assert.Single(server.Visits);
        Assert.Equal("/rss/cs.LG", visit.Path);
        Assert.Matches(@"^Denoised/[0-9.]+ \(https://denoised\.example/about\)$", visit.UserAgent);
    }

    [Fact]
    public async Task The_client_decompresses_a_compressed_response()
    {
        await using var server = await LocalArxiv.StartAsync(static async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("\ufeff" + ArxivWriter.Rss([ArxivWriter.Sample()])), Cancellation);
        });
        Assert.Single((await Client(server).ReadListingAsync("cs.LG", Cancellation)).Papers);
    }

    [Fact]
    public async Task The_client_reads_all_catch_up_pages_of_a_day()
    {
        await using var server = await LocalArxiv.StartAsync(static context =>
        {
            var page = context.Request.Query["page"].FirstOrDefault() is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 1;
            var papers = Enumerable.Range((page - 1) * 2, page == 3 ? 1 : 2).Select(static number => (ArxivWriter.Sample($"2603.{number + 1:00000}"), number < 3 ? AnnounceType.New : AnnounceType.Replace)).ToList();
            return context.Response.WriteAsync(ArxivWriter.CatchUp(papers, total: 5, page: page, pages: 3), Cancellation);
        });
        var listing = await Client(server).ReadCatchUpAsync("cs.LG", ListingDay.Parse("2026-03-17"), Cancellation);
        Assert.Equal(ListingSource.CatchUp, listing.Source);
        Assert.Empty(listing.Problems);
        Assert.Equal(["2603.00001", "2603.00002", "2603.00003", "2603.00004", "2603.00005"], listing.Papers.Select(static paper => paper.Paper.Id.Value));
        Assert.Equal([0, 1, 2, 3, 4], listing.Papers.Select(static paper => paper.Position));
        Assert.Equal(["/catchup/cs.LG/2026-03-17?abs=True", "/catchup/cs.LG/2026-03-17?abs=True&page=2", "/catchup/cs.LG/2026-03-17?abs=True&page=3"], server.Visits.Select(static visit => visit.Path));
    }

    [Fact]
    public async Task The_client_reports_missing_entries_and_rejects_a_page_of_another_day()
    {
        await using var server = await Answering(ArxivWriter.CatchUp([(ArxivWriter.Sample(), AnnounceType.New)], total: 7));
        var client = Client(server);
        Assert.Contains("7 entries", Assert.Single((await client.ReadCatchUpAsync("cs.LG", ListingDay.Parse("2026-03-17"), Cancellation)).Problems), StringComparison.Ordinal);
        var exception = await Assert.ThrowsAsync<ArxivException>(() => client.ReadCatchUpAsync("cs.LG", ListingDay.Parse("2026-03-18"), Cancellation));
        Assert.Equal(ArxivFailure.WrongListing, exception.Failure);
    }

    [Fact]
    public async Task The_client_reads_metadata_in_batches_and_lists_missing_identifiers()
    {
        await using var server = await LocalArxiv.StartAsync(static context =>
        {
            var ids = context.Request.Query["id_list"].ToString().Split(',').Where(static id => id != "2603.00042");
            return context.Response.WriteAsync(ArxivWriter.Api(ids.Select(static id => ArxivWriter.Sample(id))), Cancellation);
        });
        var ids = Enumerable.Range(1, 149).Select(static number => ArxivId.Parse($"2603.{number:00000}")).Append(ArxivId.Parse("math/0211159")).ToList();
        var answer = await Client(server).ReadMetadataAsync(ids, Cancellation);
        Assert.Equal(149, answer.Papers.Count);
        Assert.Equal("2603.00042", Assert.Single(answer.Missing).Value);
        Assert.Equal(2, server.Visits.Count);
        Assert.Empty((await Client(server).ReadMetadataAsync([], Cancellation)).Papers);
    }

    [Fact]
    public async Task The_client_queries_submissions_by_their_time()
    {
        var from = new DateTimeOffset(2026, 3, 12, 18, 0, 0, TimeSpan.Zero);
        await using var server = await LocalArxiv.StartAsync(context =>
        {
            var start = int.Parse(context.Request.Query["start"].ToString(), CultureInfo.InvariantCulture);
            var papers = Enumerable.Range(start, Math.Min(200, 230 - start)).Select(number => ArxivWriter.Sample($"2603.{number + 1:00000}") with { Published = from.AddMinutes(number) });
            return context.Response.WriteAsync(ArxivWriter.Api(papers.Select(static (paper, index) => index == 3 ? paper with { PrimaryCategory = "cs.CV" } : paper), total: 230), Cancellation);
        });
        var listing = await Client(server).ReadSubmittedAsync("cs.LG", from, from.AddMinutes(225), Cancellation);
        Assert.Equal(225, listing.Papers.Count);
        Assert.Equal(ListingSource.SubmissionDates, listing.Source);
        Assert.Null(listing.Day);
        Assert.Equal(2, listing.Papers.Count(static paper => paper.Type == AnnounceType.Cross));
        Assert.Equal(2, server.Visits.Count);
        Assert.Contains("submittedDate:[202603121800+TO+202603122144]", server.Visits[0].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_response_with_a_total_but_no_papers_counts_as_unavailable()
    {
        await using var server = await Answering(ArxivWriter.Api([], total: 12));
        var exception = await Assert.ThrowsAsync<ArxivException>(() => Client(server).ReadSubmittedAsync("cs.LG", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), Cancellation));
        Assert.Equal(ArxivFailure.Unavailable, exception.Failure);
    }

    [Theory]
    [InlineData("<h1>Bad Request</h1><p>Bad subject class 'QQ'. Valid subject classes are …</p>", 400, ArxivFailure.UnknownCategory, "'cs.QQ'")]
    [InlineData("<p>Invalid subject. Subject must be …</p>", 400, ArxivFailure.UnknownCategory, "'cs.QQ'")]
    [InlineData("<p>Something else</p>", 400, ArxivFailure.Refused, "Something else")]
    [InlineData("nothing", 404, ArxivFailure.NotFound, "no such document")]
    [InlineData("<html><body>Maintenance</body></html>", 200, ArxivFailure.Malformed, "HTML page")]
    [InlineData("", 403, ArxivFailure.Refused, "403")]
    public async Task The_error_for_a_rejected_request_contains_its_address(string text, int status, ArxivFailure failure, string reason)
    {
        await using var server = await Answering(text, status);
        var exception = await Assert.ThrowsAsync<ArxivException>(() => Client(server).ReadListingAsync("cs.QQ", Cancellation));
        Assert.Equal(failure, exception.Failure);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address + "rss/cs.QQ", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Visits);
    }

    [Fact]
    public async Task The_client_reports_an_API_error_entry_that_has_status_400()
    {
        await using var server = await Answering(ArxivWriter.ApiError("incorrect id format for 1"), 400);
        var exception = await Assert.ThrowsAsync<ArxivException>(() => Client(server).ReadMetadataAsync([ArxivId.Parse("2603.00001")], Cancellation));
        Assert.Equal(ArxivFailure.Refused, exception.Failure);
        Assert.Contains("incorrect id format for 1", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cs.LG/../../x")]
    [InlineData("cs LG")]
    [InlineData("")]
    public async Task The_client_sends_no_request_for_an_invalid_category(string category)
    {
        await using var server = await Answering("");
        Assert.Equal(ArxivFailure.UnknownCategory, (await Assert.ThrowsAsync<ArxivException>(() => Client(server).ReadListingAsync(category, Cancellation))).Failure);
        Assert.Empty(server.Visits);
    }

    [Fact]
    public async Task The_client_retries_a_failed_request_twice()
    {
        var count = 0;
        await using var server = await LocalArxiv.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref count) < 3 ? 502 : 200;
            return context.Response.WriteAsync(ArxivWriter.Rss([ArxivWriter.Sample()]), Cancellation);
        });
        Assert.Single((await Client(server).ReadListingAsync("cs.LG", Cancellation)).Papers);

        count = -100;
        Assert.Equal(ArxivFailure.Unavailable, (await Assert.ThrowsAsync<ArxivException>(() => Client(server).ReadListingAsync("cs.LG", Cancellation))).Failure);
        Assert.Equal(6, server.Visits.Count);
    }

    [Fact]
    public async Task The_client_waits_for_a_short_Retry_After_and_reports_a_long_one()
    {
        var count = 0;
        await using var server = await LocalArxiv.StartAsync(context =>
        {
            if (Interlocked.Increment(ref count) is 1 or > 2)
            {
                context.Response.StatusCode = count == 1 ? 429 : 503;
                context.Response.Headers.RetryAfter = count == 1 ? "1" : "2";
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync(ArxivWriter.CatchUp([(ArxivWriter.Sample(), AnnounceType.New)]), Cancellation);
        });
        var client = Client(server, ("MaxRetryAfter", "00:00:01"), ("PageInterval", "00:00:00.050"));
        var day = ListingDay.Parse("2026-03-17");
        Assert.Single((await client.ReadCatchUpAsync("cs.LG", day, Cancellation)).Papers);
        Assert.True(Stopwatch.GetElapsedTime(server.Visits[0].Ended, server.Visits[1].Started) >= TimeSpan.FromSeconds(1));

        var exception = await Assert.ThrowsAsync<ArxivException>(() => client.ReadCatchUpAsync("cs.LG", day, Cancellation));
        Assert.Equal((ArxivFailure.Throttled, TimeSpan.FromSeconds(2)), (exception.Failure, exception.RetryAfter!.Value));
        Assert.Equal(3, server.Visits.Count);
    }

    [Fact]
    public async Task A_response_that_does_not_end_times_out()
    {
        await using var server = await LocalArxiv.StartAsync(static async context =>
        {
            await context.Response.WriteAsync("<rss>", Cancellation);
            await context.Response.Body.FlushAsync(Cancellation);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var exception = await Assert.ThrowsAsync<ArxivException>(() => Client(server, ("RequestTimeout", "00:00:00.500"), ("Retries", "0")).ReadListingAsync("cs.LG", Cancellation));
        Assert.Equal(ArxivFailure.Unavailable, exception.Failure);
        Assert.Contains("0.5 seconds", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_client_rejects_a_response_over_the_size_limit(bool says)
    {
        await using var server = await LocalArxiv.StartAsync(async context =>
        {
            var bytes = new byte[5000];
            if (says)
                context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes, Cancellation);
        });
        Assert.Equal(ArxivFailure.TooLarge, (await Assert.ThrowsAsync<ArxivException>(() => Client(server, ("MaxFeedBytes", "2000")).ReadListingAsync("cs.LG", Cancellation))).Failure);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_decompression_bomb_ends_at_the_size_limit(string encoding)
    {
        const int Limit = 20_000_000;
        await using var server = await LocalArxiv.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await using Stream packed = encoding == "br" ? new BrotliStream(context.Response.Body, CompressionLevel.Fastest) : new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            var zeros = new byte[1 << 20];
            for (var megabyte = 0; megabyte < 2000 && !context.RequestAborted.IsCancellationRequested; megabyte++)
                await packed.WriteAsync(zeros, context.RequestAborted);
        });
        var client = Client(server, ("MaxFeedBytes", Limit.ToString(CultureInfo.InvariantCulture)), ("Retries", "0"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(ArxivFailure.TooLarge, (await Assert.ThrowsAsync<ArxivException>(() => client.ReadListingAsync("cs.LG", Cancellation))).Failure);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4L * Limit);
    }

    [Fact]
    public async Task Entities_stay_unexpanded_and_deep_nesting_does_not_end_the_process()
    {
        var fetched = 0;
        await using var elsewhere = await LocalArxiv.StartAsync(context =>
        {
            Interlocked.Increment(ref fetched);
            return context.Response.WriteAsync("secret", Cancellation);
        });
        var laughs = string.Concat(Enumerable.Range(1, 12).Select(static n => $"<!ENTITY l{n} \"{string.Concat(Enumerable.Repeat($"&l{n - 1};", 10))}\">"));
        string[] answers =
        [
            $"<!DOCTYPE rss [<!ENTITY l0 \"ha\">{laughs}]><rss><channel><title>&l12;</title></channel></rss>",
            $"<!DOCTYPE rss [<!ENTITY x SYSTEM \"{elsewhere.Address}secret\">]><rss><channel><title>&x;</title></channel></rss>",
            "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><title>&x;</title></channel></rss>",
            $"<!DOCTYPE rss SYSTEM \"{elsewhere.Address}rss.dtd\"><rss/>",
            $"<rss><channel>{string.Concat(Enumerable.Repeat("<a>", 200_000))}",
            $"<rss><channel>{string.Concat(Enumerable.Repeat("<a>", 100_000))}{string.Concat(Enumerable.Repeat("</a>", 100_000))}</channel></rss>",
            $"<feed xmlns=\"http://www.w3.org/2005/Atom\">{string.Concat(Enumerable.Repeat("<entry>", 100_000))}",
        ];
        foreach (var answer in answers)
        {
            await using var server = await Answering(answer);
            var client = Client(server, ("Retries", "0"));
            foreach (var read in (Func<Task>[])[
                () => client.ReadListingAsync("cs.LG", Cancellation),
                () => client.ReadMetadataAsync([ArxivId.Parse("2603.00001")], Cancellation),
                () => client.ReadCatchUpAsync("cs.LG", ListingDay.Parse("2026-03-17"), Cancellation)])
            {
                var exception = await Assert.ThrowsAsync<ArxivException>(read);
                Assert.DoesNotContain("root:", exception.Message, StringComparison.Ordinal);
                Assert.InRange(exception.Message.Length, 1, 2000);
            }
        }

        Assert.Equal(0, fetched);
    }

    [Fact]
    public async Task A_refused_connection_counts_as_unavailable()
    {
        LocalArxiv gone;
        await using (gone = await Answering(""))
        {
            Assert.NotEqual(0, gone.Address.Port);
        }

        await using var server = await Answering("");
        var client = Client(server, ("FeedAddress", "http://127.0.0.1:1"), ("Retries", "0"));
        Assert.Equal(ArxivFailure.Unavailable, (await Assert.ThrowsAsync<ArxivException>(() => client.ReadListingAsync("cs.LG", Cancellation))).Failure);
    }

    [Fact]
    public async Task The_client_follows_redirects_within_arXiv_only()
    {
        await using var server = await LocalArxiv.StartAsync(static context =>
        {
            switch (context.Request.Path.Value)
            {
                case "/html/2603.00001":
                    context.Response.Redirect("/html/2603.00001v2");
                    return Task.CompletedTask;
                case "/html/2603.00001v2":
                    context.Response.ContentType = "text/html; charset=utf-8";
                    return context.Response.WriteAsync("the text", Cancellation);
                case "/loop":
                    context.Response.Redirect("/loop");
                    return Task.CompletedTask;
                default:
                    context.Response.Redirect(context.Request.Query["to"]!);
                    return Task.CompletedTask;
            }
        });
        var client = Client(server);
        var document = await client.ReadDocumentAsync("/html/2603.00001", 1000, Cancellation);
        Assert.Equal(new ArxivDocumentFacts("/html/2603.00001v2", "text/html", "the text"), new ArxivDocumentFacts(document.Address.AbsolutePath, document.MediaType, Encoding.UTF8.GetString(document.Content.Span)));

        foreach (var path in new[] { "/loop", "/away?to=https://arxiv.org.evil.example/", "/away?to=http://arxiv.org/", "/away?to=http://127.0.0.1:1/", "/away?to=https://user@arxiv.org/" })
        {
            var exception = await Assert.ThrowsAsync<ArxivException>(() => client.ReadDocumentAsync(path, 1000, Cancellation));
            Assert.Equal(ArxivFailure.Refused, exception.Failure);
            Assert.Contains("redirects", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cancellation_is_not_an_arXiv_failure()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await LocalArxiv.StartAsync(async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client(server).ReadListingAsync("cs.LG", stop.Token));
    }

    private sealed record ArxivDocumentFacts(string Path, string MediaType, string Text);
}
