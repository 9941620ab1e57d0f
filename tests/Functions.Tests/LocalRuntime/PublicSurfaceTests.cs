using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions.Tests.LocalRuntime;

/// <summary>What compiles here has to compile against the real worker, so nothing is offered beyond what was tried there.</summary>
public sealed class PublicSurfaceTests
{
    private const string Expected = """
        Microsoft.Azure.Functions.Worker.AuthorizationLevel: Admin, Anonymous, Function, System, User
        Microsoft.Azure.Functions.Worker.BindingContext: .ctor(), IReadOnlyDictionary<String,Object> BindingData {get}
        Microsoft.Azure.Functions.Worker.Builder.FunctionsApplication: FunctionsApplicationBuilder CreateBuilder(String[])
        Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder: ConfigurationManager Configuration {get}, IHost Build(), IHostEnvironment Environment {get}, ILoggingBuilder Logging {get}, IServiceCollection Services {get}
        Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilderAspNetCoreExtensions: FunctionsApplicationBuilder ConfigureFunctionsWebApplication(FunctionsApplicationBuilder)
        Microsoft.Azure.Functions.Worker.FunctionAttribute: .ctor(String)
        Microsoft.Azure.Functions.Worker.FunctionContext: .ctor(), BindingContext BindingContext {get}, CancellationToken CancellationToken {get}, FunctionDefinition FunctionDefinition {get}, IServiceProvider InstanceServices {get}, String InvocationId {get}
        Microsoft.Azure.Functions.Worker.FunctionDefinition: .ctor(), String Name {get}
        Microsoft.Azure.Functions.Worker.HttpTriggerAttribute: .ctor(AuthorizationLevel,String[]), String Route {get set}
        Microsoft.Azure.Functions.Worker.IFunctionsWorkerApplicationBuilder:
        Microsoft.Azure.Functions.Worker.Middleware.FunctionExecutionDelegate: Task Invoke(FunctionContext)
        Microsoft.Azure.Functions.Worker.Middleware.IFunctionsWorkerMiddleware: Task Invoke(FunctionContext,FunctionExecutionDelegate)
        Microsoft.Azure.Functions.Worker.OpenTelemetry.ConfigureFunctionsOpenTelemetry: IOpenTelemetryBuilder UseFunctionsWorkerDefaults(IOpenTelemetryBuilder)
        Microsoft.Azure.Functions.Worker.QueueTriggerAttribute: .ctor(String), String Connection {get set}
        Microsoft.Azure.Functions.Worker.ScheduleStatus: .ctor(), DateTime Last {get set}, DateTime LastUpdated {get set}, DateTime Next {get set}
        Microsoft.Azure.Functions.Worker.TimerInfo: .ctor(), Boolean IsPastDue {get set}, ScheduleStatus ScheduleStatus {get set}
        Microsoft.Azure.Functions.Worker.TimerTriggerAttribute: .ctor(String), Boolean RunOnStartup {get set}, Boolean UseMonitor {get set}
        Microsoft.Extensions.Hosting.MiddlewareWorkerApplicationBuilderExtensions: IFunctionsWorkerApplicationBuilder UseMiddleware(IFunctionsWorkerApplicationBuilder)
        """;

    [Fact]
    public void The_public_types_and_members_are_these_and_no_others()
    {
        var actual = typeof(FunctionAttribute).Assembly.GetExportedTypes()
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => $"{type.FullName}: {string.Join(", ", Members(type).Order(StringComparer.Ordinal))}".TrimEnd());

        Assert.Equal(Expected, string.Join(Environment.NewLine, actual), ignoreLineEndingDifferences: true);
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
            return Enum.GetNames(type);
        if (type.IsSubclassOf(typeof(Delegate)))
            return [Method(type.GetMethod("Invoke")!)];

        return type.GetConstructors(All).Where(IsOffered).Select(constructor => $".ctor({Parameters(constructor)})")
            .Concat(type.GetProperties(All).Where(property => property.GetAccessors(nonPublic: true).Any(IsOffered)).Select(Property))
            .Concat(type.GetMethods(All).Where(method => !method.IsSpecialName && IsOffered(method)).Select(Method))
            .Concat(type.GetFields(All).Where(field => field.IsPublic || field.IsFamily).Select(field => field.Name))
            .Concat(type.GetEvents(All).Select(added => added.Name));
    }

    private static bool IsOffered(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Property(PropertyInfo property) =>
        $"{Name(property.PropertyType)} {property.Name} {{{string.Join(' ', property.GetAccessors().Select(accessor => accessor.Name[..3]))}}}";

    private static string Method(MethodInfo method) => $"{Name(method.ReturnType)} {method.Name}({Parameters(method)})";

    private static string Parameters(MethodBase method) => string.Join(',', method.GetParameters().Select(parameter => Name(parameter.ParameterType)));

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(',', type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
