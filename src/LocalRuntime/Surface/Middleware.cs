using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Microsoft.Azure.Functions.Worker.Middleware
{
    /// <summary>The rest of an invocation.</summary>
    public delegate Task FunctionExecutionDelegate(FunctionContext context);

    /// <summary>Code around every invocation. One instance serves all of them.</summary>
    public interface IFunctionsWorkerMiddleware
    {
        /// <summary>Runs around one invocation; what the function throws comes out of <paramref name="next"/>.</summary>
        Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
    }
}

namespace Microsoft.Azure.Functions.Worker
{
    /// <summary>Receives the middleware of an application.</summary>
    public interface IFunctionsWorkerApplicationBuilder
    {
        internal void Use(Type middleware);
    }
}

namespace Microsoft.Extensions.Hosting
{
    /// <summary>Adds middleware to an application.</summary>
    public static class MiddlewareWorkerApplicationBuilderExtensions
    {
        /// <summary>Runs a middleware around every invocation; the first one added is the outermost.</summary>
        public static IFunctionsWorkerApplicationBuilder UseMiddleware<T>(this IFunctionsWorkerApplicationBuilder builder)
            where T : class, IFunctionsWorkerMiddleware
        {
            ArgumentNullException.ThrowIfNull(builder);
            builder.Use(typeof(T));
            return builder;
        }
    }
}
