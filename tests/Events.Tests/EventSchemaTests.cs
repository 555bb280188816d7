using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Events;

/// <summary>What the documents say of events is what goes out.</summary>
public sealed class EventSchemaTests
{
    private static IEnumerable<string> Names => typeof(LifecycleEventName)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(constant => (string)constant.GetRawConstantValue()!);

    [Fact]
    public void Every_name_has_a_sample_here_and_a_schema_of_its_type_and_there_is_no_other_schema()
    {
        var schemas = Directory.EnumerateFiles(Repository.PathOf("docs", "events"), "*.json").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Names.Order(StringComparer.Ordinal), Some.Events.Select(one => one.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Names.Select(EventType.Of).Order(StringComparer.Ordinal), schemas.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_data_of_every_event_is_what_its_schema_says()
    {
        foreach (var happened in Some.Events)
        {
            var data = EventData.Of(happened);
            var result = SchemaOf(happened).Evaluate(data);

            Assert.True(result.IsValid, $"{happened.Name}: {data}");
        }
    }

    [Fact]
    public void Every_property_that_goes_out_is_in_its_schema()
    {
        foreach (var happened in Some.Events)
        {
            var known = JsonNode.Parse(TextOf(happened))!["properties"]!.AsObject().Select(property => property.Key).ToHashSet();

            Assert.All(EventData.Of(happened).EnumerateObject(), property => Assert.Contains(property.Name, known));
        }
    }

    [Fact]
    public void A_schema_refuses_data_without_its_call() =>
        Assert.All(Some.Events, happened => Assert.False(SchemaOf(happened).Evaluate(JsonDocument.Parse("{}").RootElement).IsValid));

    [Fact]
    public void An_event_is_a_CloudEvent_about_its_call_and_says_whose_it_is()
    {
        var json = JsonNode.Parse(Some.Envelope.Json(Some.CallStarted).Span)!;

        Assert.Equal("1.0", (string?)json["specversion"]);
        Assert.Equal($"{Some.Call}:CALL_STARTED", (string?)json["id"]);
        Assert.Equal("call.started", (string?)json["type"]);
        Assert.Equal(new Uri("https://voice.example.com"), new Uri((string)json["source"]!));
        Assert.Equal(Some.Call.Value, (string?)json["subject"]);
        Assert.Equal("2026-11-21T12:00:00.250Z", (string?)json["time"]);
        Assert.Equal("acme", (string?)json["tenant"]);
        Assert.Equal("inbound", (string?)json["data"]!["direction"]);
        Assert.Null(JsonNode.Parse(Some.Envelope.Json(Some.CallEnded).Span)!["tenant"]);
    }

    [Fact]
    public void An_event_of_a_document_is_about_it_and_names_no_call()
    {
        var happened = Some.Events.Single(one => one.Name == LifecycleEventName.IngestQueued);

        var json = JsonNode.Parse(Some.Envelope.Json(new OutgoingEvent(happened, "acme")).Span)!;

        Assert.Equal(("ingest.queued", "doc_faq", "acme"), ((string?)json["type"], (string?)json["subject"], (string?)json["tenant"]));
        Assert.Equal("""{"documentId":"doc_faq","passages":3}""", json["data"]!.ToJsonString());
        Assert.EndsWith("document doc_faq  3 passages", ConsoleEventSink.LineOf(happened), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_happening_is_written_the_same_again()
    {
        foreach (var happened in Some.Events)
        {
            var outgoing = new OutgoingEvent(happened, "acme");
            var stored = DeadLetter.Of(new DeadLetter("id", "crm", "acme", happened, "why", 1, Some.Noon).ToJson());

            Assert.True(Some.Envelope.Json(outgoing).Span.SequenceEqual(Some.Envelope.Json(stored.Outgoing).Span), happened.Name);
        }
    }

    [Theory]
    [InlineData(LifecycleEventName.CallStarted, "call.started")]
    [InlineData(LifecycleEventName.CallEnded, "call.ended")]
    [InlineData(LifecycleEventName.ParticipantJoined, "participant.joined")]
    [InlineData(LifecycleEventName.ParticipantLeft, "participant.left")]
    [InlineData(LifecycleEventName.HandoffRequested, "handoff.requested")]
    [InlineData(LifecycleEventName.HumanJoined, "human.joined")]
    [InlineData(LifecycleEventName.BotMuted, "bot.muted")]
    [InlineData(LifecycleEventName.RecordingReady, "recording.ready")]
    [InlineData(LifecycleEventName.CallDialing, "call.dialing")]
    [InlineData(LifecycleEventName.CallAnswered, "call.answered")]
    [InlineData(LifecycleEventName.CallNotAnswered, "call.not_answered")]
    [InlineData(LifecycleEventName.RoomDeleted, "room.deleted")]
    [InlineData(LifecycleEventName.IngestQueued, "ingest.queued")]
    [InlineData(LifecycleEventName.SurplusAgentRemoved, "agent.surplus_removed")]
    public void Types_have_the_names_that_subscribers_know(string name, string type) => Assert.Equal(type, EventType.Of(name));

    private static string TextOf(LifecycleEvent happened) =>
        File.ReadAllText(Repository.PathOf("docs", "events", $"{EventType.Of(happened.Name)}.json"));

    private static JsonSchema SchemaOf(LifecycleEvent happened) => JsonSchema.FromText(TextOf(happened));
}
