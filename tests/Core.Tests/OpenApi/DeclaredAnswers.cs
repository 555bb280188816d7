using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>Holds answers against the OpenAPI document: every test that asks the whole gateway checks it too.</summary>
internal static class DeclaredAnswers
{
    public static JsonNode Document { get; } =
        JsonNode.Parse(OpenApiText.Write("https://voice.example.com", RouteDescriptions.All))!;

    /// <summary>Whether an answer's status, media type and kind of problem are declared for its route.</summary>
    public static void AssertDeclared(GatewayRequest request, GatewayResponse answer)
    {
        if (GatewayRoutes.Find(request.RawPath, request.Method) is not { } route || answer.Status == 405 || !route.Answers(request.Method))
        {
            return;
        }

        var operation = Document["paths"]![$"/{route.Template}"]![route.Method.ToLowerInvariant()]!;
        var response = operation["responses"]![answer.Status.ToString(CultureInfo.InvariantCulture)];
        Assert.True(response is not null, $"{route.Name} answers {answer.Status} {Encoding.UTF8.GetString(answer.Body.Span)}");
        if (answer.ContentType is not { } type)
        {
            Assert.Null(response["content"]);
            return;
        }

        var content = response["content"]?[type.Split(';')[0]];
        Assert.True(content is not null, $"{route.Name} answers {answer.Status} with {type}");
        if (type == Problem.ContentType && request.Method != "HEAD")
        {
            var kinds = content["schema"]!["allOf"]![1]!["properties"]!["type"]!["enum"]!.AsArray()
                .Select(kind => kind!.GetValue<string>());
            Assert.Contains(JsonNode.Parse(answer.Body.Span)!["type"]!.GetValue<string>(), kinds);
        }
    }
}
