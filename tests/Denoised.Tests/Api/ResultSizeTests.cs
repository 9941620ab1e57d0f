using System.Reflection;
using System.Text.Json;
using Denoised.Functions;
using Denoised.Simulators.Arxiv;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Tests.Api;

/// <summary>
/// The Functions worker serializes the result of an HTTP function by its runtime type and sends it to the host in addition to the response itself.
/// A public property with the body would send every body twice.
/// </summary>
public sealed class ResultSizeTests(StorageFixture storage)
{
    private const int MaxBytes = 100;

    /// <summary>Requests that succeed or fail, by HTTP function: the route value and the query.</summary>
    private static readonly Dictionary<string, (string? Value, string Query)[]> requests = new(StringComparer.Ordinal)
    {
        ["GetDays"] = [(null, "")],
        ["GetDay"] = [("latest", ""), ("2020-01-01", ""), ("tomorrow", "")],
        ["GetPaper"] = [("2603.00001", ""), ("2603.99999", ""), ("x", "")],
        ["GetRelated"] = [("2603.00001", ""), ("2603.99999", ""), ("x", "")],
        ["GetStatus"] = [(null, "")],
        ["GetOpenApi"] = [(null, "")],
        ["SearchPapers"] = [(null, "?q=tower"), (null, "?limit=x")],
        ["GetFeed"] = [("atom", ""), ("json", ""), ("rss", "")],
        ["GetDigest"] = [("atom", ""), ("rss", "")],
        ["ExportPapers"] = [(null, "?ids=2603.00001"), (null, "")],
        ["Mcp"] = [(null, "")],
        ["RequestCollection"] = [(null, ""), (null, "?day=x")],
        ["RequestSummary"] = [(null, "?id=2603.00001"), (null, "")],
    };

    [Fact]
    public async Task Every_HTTP_result_is_under_100_bytes_when_serialized_by_its_own_type()
    {
        await using var arxiv = await ArxivSimulator.StartAsync(
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = new DateOnly(2026, 3, 17) }, TestContext.Current.CancellationToken);
        await using var product = Product.On(storage.TakeAccount(), arxiv);
        arxiv.Announce(new SimulatedPaper { Id = "2603.00001", Title = "Bell Towers", Abstract = "A tower drifts. We propose a rope.", Categories = ["cs.LG"] });
        product.Time.MoveTo(RunningApi.Newest);
        await product.CollectAsync();

        var functions = (
            from type in typeof(ApiFunctions).Assembly.GetTypes()
            from method in type.GetMethods()
            where method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null)
            select (Type: type, Method: method, method.GetCustomAttribute<FunctionAttribute>()!.Name)).ToList();
        Assert.Equal(functions.Select(function => function.Name).Order(StringComparer.Ordinal), requests.Keys.Order(StringComparer.Ordinal));

        foreach (var (type, method, name) in functions)
        {
            foreach (var (value, query) in requests[name])
            {
                var context = new DefaultHttpContext();
                context.Request.QueryString = new QueryString(query);
                object?[] arguments = [.. method.GetParameters().Select(parameter => (object?)(
                    parameter.ParameterType == typeof(HttpRequest) ? context.Request : parameter.ParameterType == typeof(string) ? value : TestContext.Current.CancellationToken))];
                var result = await (Task<IActionResult>)method.Invoke(ActivatorUtilities.CreateInstance(product.Get<IServiceProvider>(), type), arguments)!;

                var size = JsonSerializer.SerializeToUtf8Bytes(result, result.GetType()).Length;
                Assert.True(size < MaxBytes, $"{name} {value}{query}: a {result.GetType().Name} is {size} bytes for the host.");
            }
        }
    }
}
