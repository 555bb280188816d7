using System.Text.Json.Nodes;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>With --json a command tells one document, whose shape docs/running.md has.</summary>
public sealed class JsonTests
{
    private static readonly string Story = Repository.PathOf("samples", "stories", "handoff.json");
    private static readonly string Recording = Repository.PathOf("tests", "fixtures", "field", "meeting-dial-in.json");

    [Fact]
    public async Task A_call_tells_its_verdict_and_what_it_cost()
    {
        var call = await TellAsync(0, "call", "--json");
        var priced = await TellAsync(0, "call", "--json", "--cost");

        Assert.Equal("scenario seed kept callerHeard calls promises", Fields(call));
        Assert.Equal("text kept", Fields(call["promises"]![0]!.AsObject()));
        Assert.Equal("scenario seed kept callerHeard calls promises costs", Fields(priced));
        Assert.Single(priced["costs"]!.AsArray());
    }

    [Fact]
    public async Task Many_calls_tell_how_many_there_were_and_those_that_broke_a_promise()
    {
        var calls = await TellAsync(0, "call", "--json", "--seed", "4..5");

        Assert.Equal("scenario seeds plays kept broken", Fields(calls));
        Assert.Equal(("4..5", 2, true), ((string?)calls["seeds"], (int)calls["plays"]!, (bool)calls["kept"]!));
    }

    [Fact]
    public async Task Stored_calls_tell_what_differs()
    {
        var saved = Path.GetTempFileName();
        await Shell.RunAsync("call", "--save", saved);
        var same = await TellAsync(0, "diff", "--json", saved);
        var other = await TellAsync(1, setting => setting == SettingNames.RoomGraceSeconds ? "60" : null, "diff", "--json", saved);
        File.Delete(saved);

        Assert.Equal("same decisions differing calls", Fields(same));
        Assert.Equal("callId same hasSteps decisions differences leftToDo", Fields(same["calls"]![0]!.AsObject()));
        Assert.Equal((true, false), ((bool)same["same"]!, (bool)other["same"]!));
        Assert.Equal("step at recorded today", Fields(other["calls"]![0]!["differences"]![0]!.AsObject()));
    }

    [Fact]
    public async Task Calls_and_recordings_are_replayed_into_one_document()
    {
        var replayed = await TellAsync(0, "replay", "--json", Story, Recording);

        Assert.Equal("kept calls recordings", Fields(replayed));
        Assert.Single(replayed["calls"]!.AsArray());
        Assert.Equal(
            "recording webhooks accepted refused duplicates calls brokenPromises unclaimed",
            Fields(replayed["recordings"]![0]!.AsObject()));
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_told_with_status_1()
    {
        var health = await TellAsync(1, setting => setting == "PORT" ? $"{Ports.Free()}" : null, "health", "--json");

        Assert.Equal("serves status said", Fields(health));
        Assert.Equal((false, null), ((bool)health["serves"]!, (int?)health["status"]));
    }

    private static Task<JsonObject> TellAsync(int status, params string[] line) => TellAsync(status, _ => null, line);

    private static async Task<JsonObject> TellAsync(int status, Func<string, string?> settings, params string[] line)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(status, await Shell.RunAsync(line, settings, output, errors, TestContext.Current.CancellationToken));
        Assert.Equal("", $"{errors}");
        return JsonNode.Parse($"{output}")!.AsObject();
    }

    private static string Fields(JsonObject document) => string.Join(' ', document.Select(field => field.Key));
}
