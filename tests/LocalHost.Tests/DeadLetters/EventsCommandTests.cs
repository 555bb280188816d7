using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.LocalHost.DeadLetters;

/// <summary><c>events dead</c> and <c>events replay</c>, against a gateway that has two dead letters, one of which nobody takes.</summary>
public sealed class EventsCommandTests : IAsyncLifetime
{
    private const string Key = "a-key-of-the-operator";

    private readonly List<string> asked = [];
    private LoopbackServer gateway = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await LoopbackServer.StartAsync(new RealTime(_ => { }), AnswerAsync, Stop);

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task Dead_lists_every_letter_of_every_page()
    {
        var (code, output, _) = await RunAsync(["dead"]);

        Assert.Equal(0, code);
        Assert.Contains("one  2026-11-21T12:00:00Z  crm  CALL_ENDED  call-1  answered 410, 1 attempts", output, StringComparison.Ordinal);
        Assert.Contains("two  ", output, StringComparison.Ordinal);
        Assert.EndsWith($"2 dead letters.{Environment.NewLine}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_says_of_each_whether_it_was_taken()
    {
        var (code, output, _) = await RunAsync(["replay", "--all"]);

        Assert.Equal(1, code);
        Assert.Contains("one  taken", output, StringComparison.Ordinal);
        Assert.Contains("two  The destination did not take", output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 dead letters were taken.", output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(["replay", "one"])).Code);
        Assert.Contains("POST /events/dead/one/replay", asked);
    }

    [Fact]
    public async Task Letters_are_told_as_JSON_too()
    {
        var (listed, dead, _) = await RunAsync(["dead", "--json"]);
        var (replayed, answers, _) = await RunAsync(["replay", "two", "--json"]);

        Assert.Equal((0, 1), (listed, replayed));
        Assert.Equal(["one", "two"], JsonNode.Parse(dead)!["deadLetters"]!.AsArray().Select(letter => (string)letter!["id"]!));
        Assert.Equal(
            """{"taken":0,"letters":[{"id":"two","taken":false,"detail":"The destination did not take it."}]}""",
            JsonNode.Parse(answers)!.ToJsonString());
    }

    [Fact]
    public async Task What_is_not_understood_or_not_allowed_is_said()
    {
        Assert.Equal(2, (await RunAsync(["bury"])).Code);
        Assert.Equal(2, (await RunAsync(["replay"])).Code);
        var (code, _, errors) = await RunAsync(["dead"], "another-key");
        Assert.Equal(2, code);
        Assert.Contains("Unauthorized", errors, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(["dead"], null)).Code);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, string? key = Key)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await Shell.RunAsync(
            ["events", .. arguments],
            name => name switch { "PUBLIC_URL" => gateway.Url.AbsoluteUri, "DIAGNOSTICS_KEY" => key, _ => null },
            output,
            errors,
            Stop);
        return (code, output.ToString(), errors.ToString());
    }

    private async Task AnswerAsync(HttpContext context)
    {
        asked.Add($"{context.Request.Method} {context.Request.Path}");
        var isRead = context.Request.Method == "GET";
        var (status, body) = context.Request.Headers[DiagnosticsAccess.HeaderName] != Key ? (401, "{}")
            : isRead && context.Request.Query["after"] == "one" ? (200, $$"""{"deadLetters":[{{Letter("two")}}]}""")
            : isRead ? (200, $$"""{"deadLetters":[{{Letter("one")}}],"next":"one"}""")
            : context.Request.Path == "/events/dead/one/replay" ? (200, Letter("one"))
            : (502, """{"detail":"The destination did not take it."}""");
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private static string Letter(string id) => $$$"""
        {"id":"{{{id}}}","destination":"crm","event":{"id":"x","name":"CALL_ENDED","callId":"call-1"},
         "reason":"answered 410","attempts":1,"at":"2026-11-21T12:00:00Z"}
        """;
}
