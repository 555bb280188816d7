using System.Text;
using VoiceFunctions.Bench.Load.Traffic;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Twilio.Signatures;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Bench.Tests;

/// <summary>The requests that every contestant gets.</summary>
public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly CallWebhooks webhooks = new("t", Now);

    [Fact]
    public void The_same_seed_gives_the_same_requests_at_the_same_times()
    {
        var first = Schedules.Lives(webhooks, 20, 100, seed: 5);
        var again = Schedules.Lives(new CallWebhooks("t", Now), 20, 100, seed: 5);
        var other = Schedules.Lives(webhooks, 20, 100, seed: 6);

        Assert.Equal(first.Select(Told), again.Select(Told));
        Assert.NotEqual(first.Select(Told), other.Select(Told));
    }

    [Fact]
    public void Voice_webhooks_come_at_the_asked_for_rate_on_average()
    {
        var shots = Schedules.Voices(webhooks, 4_000, perSecond: 500, seed: 1);

        Assert.InRange(shots.Count / shots[^1].At.TotalSeconds, 475, 525);
        Assert.Equal(4_000, shots.Select(shot => shot.Call).Distinct().Count());
    }

    [Fact]
    public void A_fifth_of_the_webhooks_of_whole_calls_come_twice_with_the_same_bytes_and_after_the_first()
    {
        var shots = Schedules.Lives(webhooks, 500, 1_000, seed: 1);

        var again = shots.Where(shot => shot.IsRedelivery).ToList();
        Assert.InRange(again.Count / (shots.Count - (double)again.Count), 0.17, 0.23);
        Assert.All(again, shot =>
        {
            var first = shots.Single(each => each.Call == shot.Call && each.Step == shot.Step && !each.IsRedelivery);
            Assert.True(first.At < shot.At);
            Assert.Equal(first.Bytes, shot.Bytes);
        });
    }

    [Fact]
    public void An_agent_never_joins_before_the_caller_and_some_other_webhooks_change_places()
    {
        var calls = Schedules.Lives(webhooks, 500, 1_000, seed: 1).Where(shot => !shot.IsRedelivery).GroupBy(shot => shot.Call)
            .Select(call => call.OrderBy(shot => shot.At).Select(shot => shot.Step).ToList()).ToList();

        Assert.All(calls, steps => Assert.True(steps.IndexOf(Step.CallerJoined) < steps.IndexOf(Step.AgentJoined)));
        Assert.InRange(calls.Count(steps => !steps.SequenceEqual(steps.Order())) / 500.0, 0.15, 0.4);
    }

    [Fact]
    public void Half_of_a_hostile_mix_has_a_signature_that_the_gateway_refuses()
    {
        var shots = Schedules.Voices(webhooks, 200, 100, seed: 1, forged: 0.5);

        Assert.InRange(shots.Count(shot => shot.IsForged), 70, 130);
        Assert.All(shots, shot => Assert.Equal(shot.IsForged, Verify(shot) != TwilioVerification.Authentic));
    }

    [Theory]
    [InlineData(nameof(Step.RoomStarted))]
    [InlineData(nameof(Step.CallerJoined))]
    [InlineData(nameof(Step.AgentSpeaks))]
    [InlineData(nameof(Step.RoomFinished))]
    public void The_gateway_takes_the_webhooks_of_LiveKit_and_refuses_forged_ones(string name)
    {
        var step = Enum.Parse<Step>(name);
        var verifier = new LiveKitWebhookVerifier(new LiveKitKeyring(Secrets.LiveKit), new ManualClock(Now));
        var (headers, body) = Parts(webhooks.Of(3, step));
        var (forgedHeaders, forgedBody) = Parts(webhooks.Of(3, step, isForged: true));

        Assert.Equal(TokenVerification.Authentic, verifier.Verify(headers["Authorization"], body));
        Assert.NotEqual(TokenVerification.Authentic, verifier.Verify(forgedHeaders["Authorization"], forgedBody));
        Assert.NotNull(System.Text.Json.JsonDocument.Parse(body));
    }

    private static (int Call, Step Step, TimeSpan At, string Bytes) Told(Shot shot) =>
        (shot.Call, shot.Step, shot.At, Encoding.UTF8.GetString(shot.Bytes.Span));

    private static TwilioVerification Verify(Shot shot)
    {
        var (headers, body) = Parts(shot.Bytes);
        return new TwilioSignature(Secrets.PublicUrl, [Secrets.TwilioToken])
            .Verify(new GatewayRequest("POST", "/twilio/voice", headers.GetValueOrDefault, body), out _);
    }

    private static (Dictionary<string, string> Headers, byte[] Body) Parts(ReadOnlyMemory<byte> request)
    {
        var text = Encoding.UTF8.GetString(request.Span);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = text[..end].Split("\r\n").Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1]);
        return (headers, request[(end + 4)..].ToArray());
    }
}
