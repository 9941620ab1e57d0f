using System.Diagnostics.CodeAnalysis;
using Denoised.LocalHost;
using Denoised.LocalHost.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Functions.Tests.LocalHost;

[SuppressMessage("Usage", "xUnit1000", Justification = "These are functions, not tests.")]
public sealed class DeclarationTests(AzuriteFixture azurite)
{
    public sealed class Twice
    {
        [Function("Twice")]
        public static void One([QueueTrigger("one")] string message) => GC.KeepAlive(message);

        [Function("twice")]
        public static void Two([QueueTrigger("two")] string message) => GC.KeepAlive(message);
    }

    public sealed class NoTrigger
    {
        [Function("NoTrigger")]
        public static void Run(string message) => GC.KeepAlive(message);
    }

    public sealed class WrongType
    {
        [Function("WrongType")]
        public static void Run([QueueTrigger("q")] int message) => GC.KeepAlive(message);
    }

    public sealed class WrongReturn
    {
        [Function("WrongReturn")]
        public static Task<string> Run([QueueTrigger("q")] string message) => Task.FromResult(message);
    }

    public sealed class WrongParameter
    {
        [Function("WrongParameter")]
        public static void Run([QueueTrigger("q")] string message, HttpRequest request) => GC.KeepAlive((message, request));
    }

    public sealed class WrongConnection
    {
        [Function("WrongConnection")]
        public static void Run([QueueTrigger("q", Connection = "Other")] string message) => GC.KeepAlive(message);
    }

    public sealed class NotPublic
    {
        [Function("NotPublic")]
        internal static void Run([QueueTrigger("q")] string message) => GC.KeepAlive(message);
    }

    public sealed class NotInRoute
    {
        [Function("NotInRoute")]
        public static IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "x/{other}")] HttpRequest request, string day) => new OkObjectResult((request, day));
    }

    [Theory]
    [InlineData(typeof(Twice), "Two functions are named 'Twice'")]
    [InlineData(typeof(NoTrigger), "Function 'NoTrigger'", "has 0 parameters with a trigger")]
    [InlineData(typeof(WrongType), "Function 'WrongType'", "has to be String")]
    [InlineData(typeof(WrongReturn), "Function 'WrongReturn'", "returns Task`1")]
    [InlineData(typeof(WrongParameter), "Function 'WrongParameter'", "'request' of type HttpRequest")]
    [InlineData(typeof(WrongConnection), "Function 'WrongConnection'", "'Other'")]
    [InlineData(typeof(NotPublic), "Function 'NotPublic'", "public")]
    [InlineData(typeof(NotInRoute), "Function 'NotInRoute'", "takes 'day', but its route 'api/x/{other}'")]
    public void An_invalid_function_stops_the_start_with_an_error_that_names_it(Type type, params string[] parts)
    {
        var application = new LocalApplication(["--AzureWebJobsStorage=" + azurite.TakeAccount()], new FunctionSource([type], AppContext.BaseDirectory));

        var e = Assert.Throws<InvalidOperationException>(() => application.Build());

        Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
    }

    public sealed class InScope(Reports reports, Scoped scoped)
    {
        [Function("InScope")]
        public void Run([QueueTrigger("in-scope")] string message, FunctionContext context) =>
            reports.Add($"{context.FunctionDefinition.Name} {message} {ReferenceEquals(scoped, context.InstanceServices.GetRequiredService<Scoped>())}");
    }

    public sealed class Scoped;

    [Fact]
    public async Task A_function_and_its_context_share_one_service_scope()
    {
        await using var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), [typeof(InScope)], app => app.Services.AddScoped<Scoped>());

        await app.SendAsync("in-scope", "m");

        Assert.Equal("InScope m True", await app.Reports.NextAsync());
    }
}
