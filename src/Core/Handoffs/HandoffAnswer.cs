using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Handoffs;

/// <summary>How a handoff stands, as whoever asked for it is told.</summary>
internal static class HandoffAnswer
{
    /// <summary>The answer.</summary>
    /// <param name="state">The call, which has a handoff.</param>
    /// <param name="entry">How a human in a browser comes into the room; <c>null</c> for all others.</param>
    /// <param name="now">Now, UTC.</param>
    public static GatewayResponse Of(CallState state, HandoffEntry? entry, DateTimeOffset now)
    {
        var handoff = state.Handoff!;
        var record = handoff.Record;
        var context = HandoffContext.Read(handoff.Request.Context);
        var duration = (state.EndedAt ?? now) - (state.CallerSince ?? state.BeganAt);
        var told = new JsonObject
        {
            ["call_id"] = state.CallId.Value,
            ["reason"] = record.Reason,
            ["duration_seconds"] = Math.Max(0, (long)duration.TotalSeconds),
            ["transcript"] = Take(context, "transcript") ?? new JsonArray(),
            ["intents"] = Take(context, "intents") ?? new JsonArray(),
            ["sentiment"] = Take(context, "sentiment"),
        };
        foreach (var (name, value) in context.Where(field => !told.ContainsKey(field.Key)).ToList())
        {
            told[name] = value?.DeepClone();
        }

        var answer = new JsonObject
        {
            ["status"] = JsonSerializer.SerializeToNode(record.Status, JournalJson.Default.HandoffStatus),
            ["handoff"] = record.Number,
            ["mode"] = record.Mode == Calls.HandoffMode.Warm ? "warm" : "cold",
            ["queue"] = record.Queue,
            ["estimated_wait_seconds"] = (long)handoff.EstimatedWait.TotalSeconds,
        };
        if (record.Failure is { } failure)
        {
            answer["failure"] = failure;
        }

        if (entry is { } browser)
        {
            answer["url"] = browser.Url;
            answer["token"] = browser.Token;
            answer["room"] = browser.Room;
        }

        answer["context"] = told;
        return GatewayResponse.Json(200, Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }

    private static JsonNode? Take(JsonObject context, string name)
    {
        context.Remove(name, out var value);
        return value;
    }
}
