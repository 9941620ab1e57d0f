using System.Diagnostics.CodeAnalysis;
using Denoised.LocalRuntime.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Denoised.Functions.Tests.LocalRuntime;

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
    public void What_cannot_be_a_function_stops_the_start_and_is_named(Type type, params string[] parts)
    {
        var builder = FunctionsApplication.CreateBuilder(["--AzureWebJobsStorage=" + azurite.TakeAccount()], new FunctionSource([type], AppContext.BaseDirectory));

        var e = Assert.Throws<InvalidOperationException>(() => builder.Build());

        Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_functions_are_those_of_the_assembly_that_calls() =>
        // This assembly's: the ones above are declared wrongly.
        Assert.Throws<InvalidOperationException>(() => FunctionsApplication.CreateBuilder([]).Build());

    public sealed class Wrapped(Reports reports, Scoped scoped)
    {
        [Function("Wrapped")]
        public void Run([QueueTrigger("wrapped")] string message, FunctionContext context)
        {
            reports.Add($"function {message} {ReferenceEquals(scoped, context.InstanceServices.GetRequiredService<Scoped>())}");
            throw new InvalidOperationException("Failing on purpose.");
        }
    }

    public sealed class Scoped;

    public sealed class Outer(Reports reports) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            reports.Add($"outer {context.FunctionDefinition.Name}");
            try
            {
                await next(context);
            }
            catch (InvalidOperationException e)
            {
                reports.Add($"outer saw {e.Message}");
            }
        }
    }

    public sealed class Inner(Reports reports) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            reports.Add("inner");
            return next(context);
        }
    }

    [Fact]
    public async Task Middleware_is_around_every_invocation_the_first_one_outermost()
    {
        await using var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), [typeof(Wrapped)], builder =>
        {
            builder.Services.AddScoped<Scoped>();
            builder.UseMiddleware<Outer>();
            builder.UseMiddleware<Inner>();
        });

        await app.SendAsync("wrapped", "m");

        Assert.Equal("outer Wrapped", await app.Reports.NextAsync());
        Assert.Equal("inner", await app.Reports.NextAsync());
        Assert.Equal("function m True", await app.Reports.NextAsync());
        Assert.Equal("outer saw Failing on purpose.", await app.Reports.NextAsync());
        // What middleware has caught is no failure: the message is gone.
        await Eventually.TrueAsync(
            async () => (await app.Queue("wrapped").GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount == 0, "the message is deleted");
    }
}
