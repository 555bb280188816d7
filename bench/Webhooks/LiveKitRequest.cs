using VoiceFunctions.Bench.Calls;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;

namespace VoiceFunctions.Bench;

/// <summary>One webhook of LiveKit's, in a call that has come as far as that.</summary>
internal sealed class LiveKitRequest
{
    private static readonly PlainCall Call = new(0);
    private static readonly LiveKitWebhookVerifier Verifier = new(new LiveKitKeyring(PlainCall.Key), TimeProvider.System);
    private static readonly LiveKitEventMapper Mapper = new(VoiceGateway.ScopeOf(Bench.Settings), Bench.Participants);

    private readonly DateTimeOffset now;
    private readonly Bench bench = new();
    private readonly GatewayRequest request;
    private readonly string? token;
    private readonly CallHistory history;

    private LiveKitRequest(IEnumerable<Func<DateTimeOffset, GatewayRequest>> before, Func<DateTimeOffset, GatewayRequest> last)
    {
        var sent = TimeProvider.System.GetUtcNow();
        bench.Answer(Call.Voice());
        Settle();
        foreach (var earlier in before)
        {
            bench.Answer(earlier(sent));
            Settle();

            // Webhooks of one millisecond have one id here.
            sent += TimeSpan.FromMilliseconds(1);
        }

        history = bench.Journal.ReadAsync(CallId.ForTwilio(Call.CallSid), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        now = TimeProvider.System.GetUtcNow();
        request = last(sent);
        token = request.Header("Authorization");
        Body = request.Body.ToArray();
    }

    public byte[] Body { get; }

    /// <summary>The caller's <c>participant_joined</c>, after the voice webhook and <c>room_started</c>.</summary>
    public static LiveKitRequest Joined() => new(Call.Answered().Take(1), Call.Answered()[1]);

    /// <summary>The caller's <c>participant_left</c>, after a talk with the agent.</summary>
    public static LiveKitRequest Left() => new(Call.Answered(), Call.HungUp()[0]);

    public void Verify() => Bench.Require(Verifier.Verify(token, Body) == TokenVerification.Authentic);

    public ReceivedEvent Read()
    {
        Verify();
        return Mapper.Map(Body, now)!;
    }

    /// <summary>From the webhook to what is next for its call; nothing is stored.</summary>
    public CallDecision Decide()
    {
        var received = Read();
        return bench.Evaluator.Evaluate(history with { Events = [.. history.Events, received.Event] }, now).Decision;
    }

    /// <summary>Answers the same webhook again and again, as if LiveKit repeated it.</summary>
    public void AnswerAgain() => bench.Answer(request);

    /// <summary>Does what is due, as the workflow would, until it waits.</summary>
    private void Settle()
    {
        var (callId, at) = (CallId.ForTwilio(Call.CallSid), TimeProvider.System.GetUtcNow());
        var decision = Decided(bench.Advancer.AdvanceAsync(callId, at, CancellationToken.None));
        while (decision is CallDecision.Do { Effect: var due })
        {
            decision = Decided(bench.Advancer.AdvanceAsync(callId, due.Name, at, CancellationToken.None));
        }

        static CallDecision Decided(Task<CallDecision> deciding) => deciding.GetAwaiter().GetResult();
    }
}
