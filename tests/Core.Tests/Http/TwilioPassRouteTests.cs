using System.Xml.Linq;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Http;

/// <summary>One CallSid, several conversations: an IVR sends the caller to the gateway again.</summary>
public sealed class TwilioPassRouteTests
{
    private static readonly CallId Second = CallId.ForTwilioPass(GatewayBench.CallSid, "token-2");

    private readonly GatewayBench bench = new();

    [Fact]
    public async Task A_redelivery_gets_the_same_bytes_whatever_has_happened_meanwhile()
    {
        var first = await VoiceAsync("token-1");
        await EndFirstAsync();

        Assert.Equal(first, await VoiceAsync("token-1"));
    }

    [Fact]
    public async Task Another_request_for_the_same_CallSid_is_another_call_in_a_room_of_its_own()
    {
        await VoiceAsync("token-1");
        await EndFirstAsync();

        var second = await VoiceAsync("token-2");

        var dial = XDocument.Parse(second).Root!.Element("Dial")!;
        Assert.StartsWith($"sip:{Second}@", dial.Element("Sip")!.Value, StringComparison.Ordinal);
        Assert.StartsWith(
            $"https://voice.example.com/twilio/dial-result?call={Second}#", dial.Attribute("action")!.Value, StringComparison.Ordinal);
        Assert.Equal(
            $"https://voice.example.com/twilio/status?call={Second}", dial.Element("Sip")!.Attribute("statusCallback")!.Value);
        Assert.Equal(second, await VoiceAsync("token-2"));
        var announced = Assert.IsType<CallFact.CallAnnounced>((await StateAsync(Second)).Twilio.Announced?.Fact);
        Assert.Equal((GatewayBench.CallSid, "token-2"), (announced.CallSid, announced.Token));
        Assert.Contains(Second, bench.Workflows.Started);
    }

    [Fact]
    public async Task Its_Dials_result_and_status_are_told_to_its_own_call()
    {
        await VoiceAsync("token-1");
        await VoiceAsync("token-2");

        await bench.TwilioAsync(
            $"/twilio/dial-result?call={Second}",
            ("CallSid", GatewayBench.CallSid),
            ("DialCallSid", GatewayBench.DialSid),
            ("DialCallStatus", "completed"),
            ("CallStatus", "in-progress"),
            ("To", GatewayBench.To));

        Assert.NotNull((await StateAsync(Second)).Twilio.DialEnd);
        Assert.Null((await StateAsync(GatewayBench.Call)).Twilio.DialEnd);
    }

    [Fact]
    public async Task The_humans_who_are_dialled_for_it_are_told_to_its_own_call_too()
    {
        var withHuman = new GatewayBench(changes: (Settings.SettingNames.FallbackNumber, "+15550100177"));
        var path = $"/twilio/dial-result?call={Second}";
        (string, string)[] fields =
        [
            ("CallSid", GatewayBench.CallSid), ("DialCallSid", GatewayBench.DialSid), ("CallStatus", "in-progress"),
            ("From", GatewayBench.From), ("To", GatewayBench.To),
        ];

        var dial = await withHuman.TwilioAsync(path, [.. fields, ("DialCallStatus", "no-answer")]);
        await withHuman.TwilioAsync($"{path}&leg=human", [.. fields, ("DialCallStatus", "busy")]);

        Assert.Contains($"dial-result?call={Second}&amp;leg=human#", GatewayBench.Text(dial), StringComparison.Ordinal);
        var events = (await withHuman.Journal.ReadAsync(Second, TestContext.Current.CancellationToken)).Events;
        Assert.Equal(
            [typeof(CallFact.DialEnded), typeof(CallFact.HumanDialEnded)], events.Select(told => told.Fact.GetType()).ToHashSet());
    }

    [Fact]
    public async Task A_request_at_the_fallback_URL_is_the_same_conversation()
    {
        var first = await VoiceAsync("token-1");

        Assert.Equal(first, await VoiceAsync("token-2", ("ErrorCode", "11200")));
    }

    [Fact]
    public async Task A_request_at_the_fallback_URL_about_the_second_conversation_is_that_one_where_its_token_says_so()
    {
        var first = await VoiceAsync("token-1");
        await EndFirstAsync();
        var second = await VoiceAsync("token-2");

        Assert.Equal(second, await VoiceAsync("token-2", ("ErrorCode", "11200")));
        Assert.Equal(first, await VoiceAsync("token-1", ("ErrorCode", "11200")));
    }

    [Fact]
    public async Task Without_tokens_a_conversation_that_is_over_tells_the_next_one_from_a_redelivery()
    {
        var first = await VoiceAsync(null);
        Assert.Equal(first, await VoiceAsync(null));
        await EndFirstAsync();

        var second = await VoiceAsync(null);

        Assert.NotEqual(first, second);
        Assert.Equal(second, await VoiceAsync(null));
    }

    private async Task EndFirstAsync()
    {
        await bench.TwilioAsync(
            "/twilio/dial-result",
            ("CallSid", GatewayBench.CallSid),
            ("DialCallSid", GatewayBench.DialSid),
            ("DialCallStatus", "completed"),
            ("CallStatus", "in-progress"),
            ("To", GatewayBench.To));
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
    }

    private async Task<string> VoiceAsync(string? token, params (string Name, string Value)[] more)
    {
        (string, string)[] fields =
        [
            ("CallSid", GatewayBench.CallSid),
            ("From", GatewayBench.From),
            ("To", GatewayBench.To),
            ("CallStatus", "in-progress"),
            .. more,
        ];
        var body = GatewayBench.Encode(fields);
        var answer = await bench.SendAsync(
            "POST",
            "/twilio/voice",
            body,
            ("Content-Type", "application/x-www-form-urlencoded"),
            (TwilioVoiceHandler.TokenHeader, token),
            (TwilioSignature.HeaderName, GatewayBench.Sign("/twilio/voice", body)));
        Assert.Equal(200, answer.Status);
        return GatewayBench.Text(answer);
    }

    private async Task<CallState> StateAsync(CallId callId) =>
        CallState.Of(await bench.Journal.ReadAsync(callId, TestContext.Current.CancellationToken));
}
