using System.Text;
using Azure.Storage.Queues;
using Denoised.Api;
using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Simulators.Arxiv;
using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.TestSupport.Fuzzing;

/// <summary>
/// The HTTP API's answers, without the guard that would hide an exception. An input is a path with its query, and header lines below it; what the
/// host does before is done as it does it: the path is decoded except for its %2F, the query by ASP.NET Core.
/// </summary>
internal sealed class QueryTarget : FuzzTarget
{
    private static readonly ListingDay newest = ListingDay.Parse("2026-03-17");

    private static readonly string[] routes = ["days", "papers", "search", "feed", "export", "status", "summaries", "collections"];

    private readonly ServiceProvider services;

    /// <param name="connection">An account that <see cref="FillAsync"/> has filled.</param>
    public QueryTarget(string connection)
        : base("queries", new Mutator([.. seeds.Select(Encoding.UTF8.GetBytes)], Pieces, Structure.Query))
    {
        var time = new MovableTime();
        time.MoveTo(newest);
        services = ProductServices.Build(connection, time: time);
    }

    private static readonly string[] seeds =
    [
        "days", "days/latest", "days/2026-03-17", "days/2026-03-16?tag=nlp&limit=2", "days/latest?limit=3&cursor=MXwyMDI2LTAzLTE3fDF8MjYwMy4wMTAwMg", "days/2026-03-17?tag=Reinforcement%20Learning&tag=theory", "days/latest\naccept-encoding: br;q=0.9, gzip, *;q=0",
        "papers/2603.01001", "papers/math/0211159", "papers/math%2F0211159", "papers/math~0211159v2", "papers/2603.01001\nif-none-match: \"abc\", W/\"def\"\naccept-encoding: gzip", "papers/", "papers/9999.99999",
        "search?q=graph%20neural%20network", "search?q=reinforcement+learning&tag=theory&from=2026-03-16&to=2026-03-17&limit=5&cursor=c3w1", "search?q=%22number%22%20AND%20*", "search?q=", "search?q=zo%C3%AB%20%E6%9D%8E%20%F0%9F%98%80x",
        "feed.atom", "feed.json?tag=nlp", "feed.xml",
        "export?ids=2603.01001,math/0211159&format=bibtex", "export?ids=2603.01001&format=ris", "export?ids=2603.01002&ids=2603.01003&format=csl-json", "status", "status\nif-none-match: *", "summaries?id=2603.01001&reason=because", "collections?day=2026-03-17",
    ];

    private static string[] Pieces { get; } =
    [
        "%00", "%2F", "%2f", "%5C", "%23", "%3F", "%C3%28", "%ED%A0%80", "%F0%9F%98%80", "%", "%u0041", "+", "&", "=", "?", "&limit=", "&limit=1000", "&cursor=", "&tag=", "&q=", "&ids=", "&format=", "&from=0001-01-01", "&to=9999-12-31", "../", "..%2F", "*", "\"", "%22", "NEAR(", " AND ", " OR ", " NOT ",
        "^", ":", "title:", "''", ";--", "{", "}", "MXwyMDI2LTAzLTE3fDB8", "MXwyMDI2LTAzLTE3fDIxNDc0ODM2NDd8", "c3wyMTQ3NDgzNjQ3", "c3wtMQ", "2603.01001", "math/0211159", "arXiv:2603.01001v3", "latest", "LATEST", "2026-03-17", "2026-02-30", "0001-01-01", "9999-12-31",
        "\naccept-encoding: ", "gzip;q=0", "br;q=1.000", "identity;q=0", "*;q=0", "\nif-none-match: ", "W/\"", "\"\"", "%CC%81", "%EF%BC%A1", "%E2%80%AE", ",,,,", "~", "bibtex", "ris", "csl-json",
    ];

    /// <summary>Has the product collect and publish two days of invented papers.</summary>
    public static async Task FillAsync(string connection, CancellationToken cancellationToken)
    {
        await using var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = newest.Date.AddDays(-1) }, cancellationToken);
        var time = new MovableTime();
        await using var product = ProductServices.Build(connection, arxiv.Address, time: time);
        for (var day = 0; day < 2; day++)
        {
            arxiv.Today = newest.Date.AddDays(day - 1);
            time.MoveTo(new ListingDay(arxiv.Today));
            for (var number = 1; number <= 8; number++)
                arxiv.Announce(Invented(day, number));
            await product.GetRequiredService<Collector>().CollectAsync(new CollectionMessage(), isRetry: false, cancellationToken);
            await DrainAsync(product, QueueNames.Papers, product.GetRequiredService<SummaryHandler>().SummarizeAsync, cancellationToken);
            await DrainAsync(product, QueueNames.Days, product.GetRequiredService<PublishHandler>().PublishAsync, cancellationToken);
        }
    }

    public override string Read(byte[] input)
    {
        var context = Request(Encoding.UTF8.GetString(input));
        return AnswerAsync(context).GetAwaiter().GetResult();
    }

    public override async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await base.DisposeAsync();
    }

    private static DefaultHttpContext Request(string text)
    {
        var lines = text.Split('\n');
        var query = lines[0].IndexOf('?', StringComparison.Ordinal);
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Path = "/" + Decoded(query < 0 ? lines[0] : lines[0][..query]);
        context.Request.QueryString = query < 0 ? default : new QueryString(lines[0][query..]);
        foreach (var line in lines.Skip(1))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !string.IsNullOrWhiteSpace(line[..colon]))
                context.Request.Headers.Append(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }

        context.Response.Body = new MemoryStream();
        return context;
    }

    private static string Decoded(string path) => string.Join("%2F", path.Split("%2F").Select(Uri.UnescapeDataString));

    private async Task<string> AnswerAsync(DefaultHttpContext context)
    {
        var stop = CancellationToken.None;
        var request = context.Request;
        var path = request.Path.Value![1..];
        var at = path.IndexOfAny(['/', '.']);
        var (route, value) = at < 0 ? (path, "") : (path[..at], path[(at + 1)..]);

        // Another route is the host's business; ours is given its path in place of a value then.
        if (!routes.Contains(route, StringComparer.Ordinal))
            (route, value) = (routes[path.Length % routes.Length], path);

        // The host hands over no value as null.
        var given = value.Length == 0 ? null : value;
        var result = route switch
        {
            "days" when given is null => await services.GetRequiredService<PapersApi>().GetDaysAsync(stop),
            "days" => await services.GetRequiredService<PapersApi>().GetDayAsync(request, given, stop),
            "papers" => await services.GetRequiredService<PapersApi>().GetPaperAsync(given, stop),
            "search" => await services.GetRequiredService<SearchApi>().GetAsync(request, stop),
            "feed" => await services.GetRequiredService<FeedApi>().GetAsync(request, value, stop),
            "export" => await services.GetRequiredService<ExportApi>().GetAsync(request, stop),
            "status" => await services.GetRequiredService<StatusApi>().GetAsync(stop),
            "summaries" => await services.GetRequiredService<OperatorApi>().SummarizeAsync(request, stop),
            _ => await services.GetRequiredService<OperatorApi>().CollectAsync(request, stop),
        };
        await result.ExecuteResultAsync(new ActionContext(context, new RouteData(), new ActionDescriptor()));
        if (context.Response.StatusCode >= 500)
            throw new InvalidOperationException($"The answer's status is {context.Response.StatusCode}.");
        return context.Response.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task DrainAsync(ServiceProvider product, string name, Func<string, CancellationToken, Task> process, CancellationToken cancellationToken)
    {
        var queue = product.GetRequiredService<QueueServiceClient>().GetQueueClient(name);
        while ((await queue.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(10), cancellationToken)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                await process(message.Body.ToString(), cancellationToken);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
            }
        }
    }

    private static SimulatedPaper Invented(int day, int number) => new()
    {
        Id = day == 1 && number == 8 ? "math/0211159" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"2603.{(day * 1000) + number:00000}"),
        Title = $"An Invented Paper on Graphs & {number} \"Lanterns\"",
        Abstract = $"We study reinforcement learning in {number} harbours. A graph neural network finds lanterns. It works in {number} of {number} cases. Nobody has shown this before.",
        Authors = ["Zoë Example", "Bob Sample"],
        Categories = ["cs.LG"],
    };
}
