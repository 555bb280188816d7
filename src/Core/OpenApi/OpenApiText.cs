using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>
/// Writes the OpenAPI 3.1 document: the routes with their access from <see cref="GatewayRoutes"/>, what they answer from their
/// descriptions, the shapes of JSON from the records that are written, and the problems from the very answers.
/// </summary>
public static class OpenApiText
{
    private const string SchemasPath = "#/components/schemas/";
    private const string ProblemSchema = "Problem";

    /// <summary>The document.</summary>
    /// <param name="publicUrl">The URL under which the gateway is reached.</param>
    /// <param name="descriptions">The routes.</param>
    public static byte[] Write(string publicUrl, IReadOnlyList<RouteDescription> descriptions)
    {
        var schemas = new JsonObject { [ProblemSchema] = Exported(ProblemSchema, ProblemContext.Default.ProblemJson) };
        var paths = new JsonObject();
        foreach (var byPath in descriptions.GroupBy(description => $"/{description.Route.Template}"))
        {
            var path = new JsonObject();
            if (ParameterOf(byPath.Key) is { } parameter)
            {
                path["parameters"] = new JsonArray(parameter);
            }

            foreach (var description in byPath)
            {
                path[description.Route.Method.ToLowerInvariant()] = OperationOf(description, schemas);
            }

            paths[byPath.Key] = path;
        }

        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["openapi"] = "3.1.1",
                ["info"] = new JsonObject
                {
                    ["title"] = "VoiceFunctions",
                    ["description"] = "The control plane of AI phone calls. HEAD works wherever GET does. Every other method gets 405 and "
                        + "every other path 404, each as a problem (RFC 9457).",
                    ["version"] = GatewayVersion.Text,
                },
                ["servers"] = new JsonArray(new JsonObject { ["url"] = publicUrl }),
                ["paths"] = paths,
                ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = AccessWords.Schemes() },
            },
            OpenApiJson.Default.JsonObject);
    }

    private static JsonObject OperationOf(RouteDescription description, JsonObject schemas)
    {
        var route = description.Route;
        var operation = new JsonObject
        {
            ["operationId"] = route.Name,
            ["tags"] = new JsonArray(description.Tag),
            ["summary"] = description.Summary,
            ["security"] = AccessWords.SecurityOf(route),
        };
        if (description.Query.Count > 0)
        {
            operation["parameters"] = new JsonArray([.. description.Query.Select(parameter => new JsonObject
            {
                ["name"] = parameter.Name,
                ["in"] = "query",
                ["description"] = parameter.Meaning,
                ["schema"] = JsonNode.Parse(parameter.Schema),
            })]);
        }

        if (description.Request is { } request)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = ContentOf(request, schemas) };
        }

        operation["responses"] = ResponsesOf(description, schemas);
        return operation;
    }

    private static JsonObject ResponsesOf(RouteDescription description, JsonObject schemas)
    {
        var responses = new JsonObject();
        foreach (var (status, answer) in description.Answers)
        {
            var response = new JsonObject { ["description"] = answer.Meaning };
            if (answer.Content is { } content)
            {
                response["content"] = new JsonObject(
                    answer.Also.Prepend(content).SelectMany(each => ContentOf(each, schemas)).Select(each =>
                        KeyValuePair.Create(each.Key, each.Value?.DeepClone())));
            }

            responses[status.ToString(CultureInfo.InvariantCulture)] = response;
        }

        foreach (var problems in DeclaredProblems(description).GroupBy(problem => problem.Status).OrderBy(problems => problems.Key))
        {
            var key = problems.Key.ToString(CultureInfo.InvariantCulture);
            if (responses[key] is not JsonObject response)
            {
                responses[key] = response = new JsonObject { ["description"] = string.Join(" ", problems.Select(DetailOf).Distinct()) };
            }

            response["content"] ??= new JsonObject();
            response["content"]!.AsObject()[Problem.ContentType] = new JsonObject
            {
                ["schema"] = new JsonObject
                {
                    ["allOf"] = new JsonArray(
                        new JsonObject { ["$ref"] = SchemasPath + ProblemSchema },
                        new JsonObject
                        {
                            ["properties"] = new JsonObject
                            {
                                ["type"] = new JsonObject { ["enum"] = new JsonArray([.. problems.Select(TypeOf).Distinct()]) },
                            },
                        }),
                },
            };
        }

        return responses;
    }

    /// <summary>The problems of a route: its own, those of its access, and those of the router.</summary>
    private static IEnumerable<GatewayResponse> DeclaredProblems(RouteDescription description)
    {
        var route = description.Route;
        return
        [
            .. description.Problems,
            .. AccessWords.ProblemsOf(route),
            Problem.TooLarge,
            .. description.NeedsJournal ? [route.IsRead ? Problem.JournalUnavailable : Problem.NotRecorded] : (GatewayResponse[])[],
            Problem.Internal,
        ];
    }

    private static JsonNode TypeOf(GatewayResponse problem) => JsonNode.Parse(problem.Body.Span)!["type"]!.DeepClone();

    private static string DetailOf(GatewayResponse problem) => JsonNode.Parse(problem.Body.Span)!["detail"]!.GetValue<string>();

    private static JsonObject ContentOf(Content content, JsonObject schemas)
    {
        JsonNode? schema = content.Schema is { } written ? JsonNode.Parse(written) : null;
        if (content.Type is { } type)
        {
            var name = type.Type.Name;
            schemas[name] ??= Exported(name, type);
            schema = new JsonObject { ["$ref"] = SchemasPath + name };
        }

        return new JsonObject { [content.MediaType.Split(';')[0]] = new JsonObject { ["schema"] = schema } };
    }

    /// <summary>The schema of a record; what it refers to within itself is found where it stands here.</summary>
    private static JsonNode Exported(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo type)
    {
        var schema = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        Place(schema, SchemasPath + name);
        return schema;
    }

    private static void Place(JsonNode? schema, string place)
    {
        if (schema is JsonArray items)
        {
            foreach (var item in items)
            {
                Place(item, place);
            }
        }
        else if (schema is JsonObject fields)
        {
            if (fields["$ref"] is JsonValue reference && reference.GetValue<string>() is ['#', .. var within])
            {
                fields["$ref"] = place + within;
            }

            foreach (var (name, value) in fields.ToList())
            {
                if (value is JsonValue any && any.GetValueKind() == JsonValueKind.True && fields["type"] is null && name != "required")
                {
                    // "Anything" as an object: readers of OpenAPI know no other schema.
                    fields[name] = new JsonObject();
                }

                Place(value, place);
            }
        }
    }

    private static JsonObject? ParameterOf(string path)
    {
        var (start, end) = (path.IndexOf('{', StringComparison.Ordinal), path.IndexOf('}', StringComparison.Ordinal));
        return start < 0 ? null : new JsonObject
        {
            ["name"] = path[(start + 1)..end],
            ["in"] = "path",
            ["required"] = true,
            ["schema"] = new JsonObject { ["type"] = "string" },
        };
    }
}
