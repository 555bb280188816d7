using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.OpenApi;

public sealed class OpenApiTests
{
    private static JsonNode Document => DeclaredAnswers.Document;

    [Fact]
    public void Every_route_is_described_once() => Assert.Equal(
        GatewayRoutes.All.Select(route => route.Name), RouteDescriptions.All.Select(description => description.Route.Name));

    [Fact]
    public void A_reader_of_the_standards_kind_finds_nothing_wrong()
    {
        var read = OpenApiDocument.Parse(Document.ToJsonString(), "json");

        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => warning.ToString()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Equal(
            GatewayRoutes.All.Select(route => $"{route.Method} /{route.Template}").Order(StringComparer.Ordinal),
            read.Document!.Paths
                .SelectMany(path => path.Value.Operations!.Keys.Select(method => $"{method.Method} {path.Key}"))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var references = All(Document)
            .OfType<JsonObject>()
            .Select(node => node["$ref"]?.GetValue<string>())
            .OfType<string>()
            .Distinct()
            .ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(
            reference.Split('/').Skip(1).Aggregate((JsonNode?)Document, (node, step) => node switch
            {
                JsonArray items => items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)],
                _ => node?[step.Replace("~1", "/", StringComparison.Ordinal)],
            })));
    }

    [Fact]
    public void A_shape_is_that_of_the_record_which_is_written()
    {
        var written = JsonSerializer.SerializeToNode(new Calls.Scene().Record, Journal.JournalJson.Default.CallDetailRecord)!.AsObject();
        var schema = Document["components"]!["schemas"]![nameof(CallDetailRecord)]!;
        var declared = schema["properties"]!.AsObject().Select(property => property.Key).ToHashSet();

        Assert.Superset(written.Select(property => property.Key).ToHashSet(), declared);
        Assert.Equal(typeof(CallDetailRecord).GetProperties().Length, declared.Count);
        Assert.Contains("callId", schema["required"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public void Who_may_come_in_and_what_the_others_are_told_follows_from_the_routes_access()
    {
        Assert.All(GatewayRoutes.All, route =>
        {
            var operation = Document["paths"]![$"/{route.Template}"]![route.Method.ToLowerInvariant()]!;
            Assert.Equal(route.Access == RouteAccess.Open, operation["security"]!.AsArray().Count == 0);
            Assert.True(route.Access == RouteAccess.Open || operation["responses"]!["401"] is not null);
            Assert.All(operation["security"]!.AsArray(), way => Assert.NotNull(
                Document["components"]!["securitySchemes"]![way!.AsObject().Single().Key]));
        });
        Assert.All(Enum.GetValues<RouteAccess>(), access => Assert.NotNull(AccessWords.ProblemsOf(access)));
    }

    [Fact]
    public async Task It_is_served_to_everybody_and_written_once()
    {
        var bench = new GatewayBench();

        var first = await bench.SendAsync("GET", "/openapi.json", []);
        var second = await bench.SendAsync("GET", "/OpenAPI.json/", []);

        Assert.Equal((200, "application/json"), (first.Status, first.ContentType));
        Assert.Same(first, second);
        Assert.Equal(GatewayBench.PublicUrl, JsonNode.Parse(first.Body.Span)!["servers"]![0]!["url"]!.GetValue<string>());
    }

    private static IEnumerable<JsonNode?> All(JsonNode? node) =>
    [
        node,
        .. node switch
        {
            JsonObject fields => fields.SelectMany(field => All(field.Value)),
            JsonArray items => items.SelectMany(All),
            _ => [],
        },
    ];
}
