using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Handoffs;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Fuzzing;

/// <summary>What an agent or an operator sends who asks for a human.</summary>
internal static class HandoffTargets
{
    private static readonly RoomNaming Naming = new("call");
    private static readonly NumberReader German = new("DE");
    private static readonly CallId Named = CallId.ForTwilio("CA0123456789abcdef0123456789abcdef");

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new(
            "handoff-request",
            [
                """
                {"callId":"abcdefghijklmnopqrstuvwxyz","fence":"abc","epoch":1,"job":"AJ_b6QfIumAiunW","reason":"billing 🙂",
                 "to":"+4930123456","mode":"cold","context":{"transcript":[{"speaker":"caller","text":"Hello?"}],"intent":"refund"}}
                """u8.ToArray(),
                """{"call_id":"call_abcdefghijklmnopqrstuvwxyz","agent_queue":"support","mode":"warm","to":null}"""u8.ToArray(),
                """{"to":"browser","reason":"","context":{}}"""u8.ToArray(),
                "{}"u8.ToArray(),
            ],
            [
                "\"", "{", "}", "[", "]", ":", ",", "null", "\"to\":", "\"queue\":\"a\"", "\"context\":{", "\\ud83d", "\\ude42", "+49",
                "browser",
                "\"reason\":\"" + new string('x', HandoffAsk.MaxReasonLength - 1) + "🙂\"",
                "\"context\":{\"transcript\":[\"" + new string('y', HandoffContext.MaxLength) + "\",1]}",
            ],
            body => $"{Check(body, null, byAgent: false)} {Check(body, Named, byAgent: false)} {Check(body, null, byAgent: true)}"),
    ];

    /// <summary>A request is whole, or refused with a sentence that repeats nothing of it; what is kept of it is text and fits.</summary>
    private static string Check(byte[] body, CallId? callId, bool byAgent)
    {
        var ask = HandoffAsk.Parse(body, callId, byAgent, Naming, German, out var error);
        Assert.Equal(ask is null, error.Length > 0);
        if (ask is null)
        {
            return error;
        }

        Assert.Equal(byAgent, ask.Job is not null);
        Assert.True(callId is null || ask.CallId == callId, "another call than the path's");
        Assert.InRange((ask.Queue is null ? 0 : 1) + (ask.To is null ? 0 : 1) + (ask.InBrowser ? 1 : 0), 0, 1);
        Assert.True(ask.Reason is null or { Length: > 0 and <= HandoffAsk.MaxReasonLength }, "a reason that is too long");
        Assert.Equal(ask.Reason ?? "", Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(ask.Reason ?? "")));
        Assert.True(ask.Context is null or { Length: > 0 and <= HandoffContext.MaxLength }, "a context that is too long");
        Assert.True(ask.Context is null || JsonNode.Parse(ask.Context) is JsonObject, "a context that does not come back");
        return $"{ask.Mode} {ask.IsQuestion} {ask.InBrowser} {ask.To is null} {ask.Reason is null} {ask.Context is null}";
    }
}
