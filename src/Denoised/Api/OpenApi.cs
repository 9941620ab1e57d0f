using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Denoised.Domain;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Api;

/// <summary>
/// <c>GET /api/openapi.json</c>: the OpenAPI 3.1 description, generated from the endpoint table and the serialized types.
/// Source: https://spec.openapis.org/oas/v3.1.1.html.
/// </summary>
public sealed class OpenApi
{
    private const string ProblemJson = "application/problem+json";

    /// <summary>The version of the API, which is the product's.</summary>
    internal static string Version { get; } = typeof(OpenApi).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion
        .Split('+')[0];

    private readonly Lazy<Representation> description = new(() =>
        new Representation(
            Encoding.UTF8.GetBytes(Write().ToJsonString(new JsonSerializerOptions { WriteIndented = true })), "application/json; charset=utf-8"));

    /// <summary>Handles the request.</summary>
    public IActionResult Get() => new RepresentationResult(description.Value, cacheControl: "public, max-age=3600");

    private static JsonObject Write()
    {
        var schemas = new JsonObject();
        var problem = BuildSchema(ApiJson.Default.Problem, schemas);
        var paths = new JsonObject();
        foreach (var path in Endpoint.All.GroupBy(endpoint => endpoint.Path, StringComparer.Ordinal))
        {
            var operations = new JsonObject();
            foreach (var endpoint in path)
                operations[endpoint.Method] = BuildOperation(endpoint, problem, schemas);
            paths[path.Key] = operations;
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Denoised",
                ["summary"] = "Today's ML research, without the noise.",
                ["description"] = "What arXiv announced in machine learning, with a summary of each paper. Thank you to arXiv for use of its open access interoperability.",
                ["version"] = Version,
            },

            // Relative to this document's own URL: /api.
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "." }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["functionKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key" },
                },
            },
        };
    }

    private static JsonObject BuildOperation(Endpoint endpoint, JsonNode problem, JsonObject schemas)
    {
        var isRequest = endpoint.Method == "post" && !endpoint.IsRpc;
        var content = new JsonObject();
        foreach (var mediaType in endpoint.MediaTypes)
            content[mediaType] = new JsonObject { ["schema"] = endpoint.Response is { } answer
                ? BuildSchema(answer, schemas)
                : new JsonObject { ["type"] = mediaType == "application/json" ? "object" : "string" } };

        var responses = new JsonObject
        {
            [isRequest ? "202" : "200"] = new JsonObject { ["description"] = isRequest ? "It will be done." : "The answer.", ["content"] = content },
        };
        if (endpoint.IsRpc)
            responses["202"] = new JsonObject { ["description"] = "The message is a notification, which has no answer." };
        else if (!isRequest)
            responses["304"] = new JsonObject { ["description"] = "What the caller holds (If-None-Match) is still so." };
        else
            responses["401"] = new JsonObject { ["description"] = "The function key is missing or wrong." };
        foreach (var status in endpoint.Problems.Append(500).Append(503))
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["description"] = status switch
                {
                    400 => "A parameter is invalid.",
                    404 => "Not found.",
                    413 => "The request is too large.",
                    409 => "Conflicts with the current state.",
                    _ => "The request failed.",
                },
                ["content"] = new JsonObject { [ProblemJson] = new JsonObject { ["schema"] = problem.DeepClone() } },
            };
        }

        var operation = new JsonObject
        {
            ["operationId"] = endpoint.Function,
            ["summary"] = endpoint.Summary,
            ["parameters"] = new JsonArray([.. endpoint.Parameters.Select(BuildParameter)]),
            ["responses"] = responses,
        };
        if (endpoint.IsRpc)
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } } },
            };
        if (isRequest)
            operation["security"] = new JsonArray(new JsonObject { ["functionKey"] = new JsonArray() });
        return operation;
    }

    private static JsonNode BuildParameter(EndpointParameter parameter)
    {
        var value = new JsonObject { ["type"] = parameter.Type };
        return new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            ["description"] = parameter.Description,
            ["required"] = parameter.In == "path" || parameter.IsRequired,
            ["schema"] = parameter.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = value } : value,
        };
    }

    /// <summary>Gets the schema of a type. The schema of each object type, including this one, is added to <paramref name="schemas"/> by name.</summary>
    private static JsonNode BuildSchema(JsonTypeInfo type, JsonObject schemas) =>
        type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Transform(context, node, schemas),
        });

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node, JsonObject schemas)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(ArxivId))
            return new JsonObject { ["type"] = "string", ["description"] = "An arXiv identifier without version." };
        if (type == typeof(ListingDay))
            return new JsonObject { ["type"] = "string", ["format"] = "date" };
        if (node is not JsonObject schema)
            return node;

        // For a type that it has seen before, the exporter emits a $ref into its own document, which does not resolve in this one.
        if (schema.ContainsKey("$ref"))
            return context.TypeInfo.Kind == JsonTypeInfoKind.Object ? Reference(type) : BuildSchema(context.TypeInfo, schemas);

        // The serializer omits nulls.
        if (schema["type"] is JsonArray types)
        {
            var named = types.Select(name => name!.GetValue<string>()).Where(name => name != "null").ToList();
            schema["type"] = named is [var only] ? only : new JsonArray([.. named.Select(name => (JsonNode)name)]);
        }

        if (schema["enum"] is JsonArray values)
            schema["enum"] = new JsonArray([.. values.Where(value => value is not null).Select(value => value!.DeepClone())]);
        if (context.TypeInfo.Kind != JsonTypeInfoKind.Object)
            return schema;

        var written = context.TypeInfo.Properties.Where(property => property.Get is not null).ToList();
        schema["required"] = new JsonArray([.. written.Where(property => !property.IsGetNullable
            && Nullable.GetUnderlyingType(property.PropertyType) is null)
            .Select(property => (JsonNode)property.Name)]);
        schemas[type.Name] = schema.DeepClone();
        return Reference(type);
    }

    private static JsonObject Reference(Type type) => new() { ["$ref"] = $"#/components/schemas/{type.Name}" };
}
