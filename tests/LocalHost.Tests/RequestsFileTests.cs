using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>samples/requests.http names every route of the API, and does what it says.</summary>
public sealed partial class RequestsFileTests
{
    /// <summary>What vendors send, signed, and what a browser shows.</summary>
    private static readonly HashSet<GatewayRoute> NotOfTheApi =
    [
        .. GatewayRoutes.All.Where(route => route.Access is RouteAccess.Twilio or RouteAccess.LiveKit),
        GatewayRoutes.ConsolePage, GatewayRoutes.ConsoleFile, GatewayRoutes.ConsoleStream,
    ];

    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("samples", "requests.http"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_route_of_the_API_is_requested_once_with_its_method()
    {
        var requested = Requests().Select(request =>
        {
            var path = request.Url["{{base}}/".Length..].Split('?')[0];
            var route = GatewayRoutes.Find($"/{VariablePattern().Replace(path, "x")}", request.Method);
            Assert.True(route?.Answers(request.Method) == true, $"{request.Method} {request.Url} is no route");
            return route.Name;
        });

        Assert.Equal(
            GatewayRoutes.All.Where(route => !NotOfTheApi.Contains(route)).Select(route => route.Name).Order(StringComparer.Ordinal),
            requested.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sent_one_after_the_other_each_is_answered_as_the_file_says()
    {
        using var gateway = new GatewayProcess([new("PORT", "0")]);
        await gateway.LineWithAsync("Ctrl-C stops", Stop);
        using var http = new HttpClient();
        Dictionary<string, string> variables = new()
        {
            ["base"] = gateway.Output.Split("VoiceFunctions on ")[1].Split('\n')[0].Trim(),
            ["apiKey"] = gateway.Output.Split("\"api_key\":\"")[1].Split('"')[0],
            ["operatorKey"] = gateway.Output.Split("curl -H \"")[1].Split('"')[0].Split(": ")[1],
        };
        List<string> wrong = [];

        foreach (var request in Requests())
        {
            foreach (var (name, value) in request.Variables)
            {
                variables.TryAdd(name, Filled(value));
            }

            using var message = new HttpRequestMessage(new HttpMethod(request.Method), Filled(request.Url));
            message.Content = request.Body.Length == 0
                ? null
                : new StringContent(Filled(request.Body), new MediaTypeHeaderValue("application/json"));
            foreach (var (name, value) in request.Headers)
            {
                message.Headers.TryAddWithoutValidation(name, Filled(value));
            }

            using var answer = await http.SendAsync(message, Stop);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            if (!request.Answers.Contains(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)))
            {
                wrong.Add($"{request.Method} {request.Url}: {(int)answer.StatusCode} {text}");
            }
            else if (request.Name is { } own)
            {
                foreach (var (field, value) in JsonNode.Parse(text)!.AsObject())
                {
                    variables[$"{own}.response.body.$.{field}"] = value?.ToString() ?? "";
                }
            }
        }

        Assert.Empty(wrong);

        string Filled(string value) => VariablePattern().Replace(value, match => variables[match.Groups[1].Value]);
    }

    /// <summary>The requests, each with the variables that stand above it.</summary>
    private static List<Sent> Requests()
    {
        List<Sent> requests = [];
        foreach (var part in string.Join('\n', Lines).Split("\n###"))
        {
            var lines = part.Split('\n').Skip(requests.Count == 0 && !part.Contains("HTTP", StringComparison.Ordinal) ? 0 : 1).ToList();
            var variables = lines.Select(line => SetPattern().Match(line)).Where(match => match.Success).ToList();
            var at = lines.FindIndex(line => RequestPattern().IsMatch(line));
            var request = at < 0 ? new Sent("", "", [], null) : Of(lines, at);
            request.Variables.AddRange(variables.Select(match => (match.Groups[1].Value, match.Groups[2].Value)));
            requests.Add(request);
        }

        // What stands above the first request belongs to it.
        requests[1].Variables.InsertRange(0, requests[0].Variables);
        return requests[1..];
    }

    private static Sent Of(List<string> lines, int at)
    {
        var line = lines[at].Split(' ');
        var answers = lines.Select(one => AnswerPattern().Match(one)).First(match => match.Success).Groups[1].Value.Split(" or ");
        var name = lines.Select(one => NamePattern().Match(one)).FirstOrDefault(match => match.Success)?.Groups[1].Value;
        var request = new Sent(line[0], line[1], answers, name);
        var rest = lines.Skip(at + 1).ToList();
        request.Headers.AddRange(rest.TakeWhile(one => one.Length > 0)
            .Select(one => one.Split(": "))
            .Where(header => header[0] != "Content-Type")
            .Select(header => (header[0], header[1])));
        return request with { Body = string.Join('\n', rest.SkipWhile(one => one.Length > 0)).Trim() };
    }

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex VariablePattern();

    [GeneratedRegex(@"^@(\w+) = (.+)\z")]
    private static partial Regex SetPattern();

    [GeneratedRegex("^(GET|POST|PUT|PATCH|DELETE) ")]
    private static partial Regex RequestPattern();

    [GeneratedRegex("^# Answers ([0-9]{3}( or [0-9]{3})*)")]
    private static partial Regex AnswerPattern();

    [GeneratedRegex(@"^# @name (\w+)\z")]
    private static partial Regex NamePattern();

    private sealed record Sent(string Method, string Url, string[] Answers, string? Name)
    {
        public string Body { get; init; } = "";

        public List<(string Name, string Value)> Headers { get; } = [];

        public List<(string Name, string Value)> Variables { get; } = [];
    }
}
