using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Bench;

/// <summary>
/// One webhook in ours, beside the bare cryptography that any verification needs. To decide is to fold the whole history of the webhook's
/// call, with the webhook, and to ask the policy what is next: without journal and effects.
/// </summary>
[MemoryDiagnoser]
public class WebhookBenchmarks
{
    private readonly TwilioRequest twilio = new();
    private readonly LiveKitRequest joined = LiveKitRequest.Joined();
    private readonly LiveKitRequest left = LiveKitRequest.Left();
    private readonly byte[] key = new byte[32];
    private readonly byte[] voice;

    public WebhookBenchmarks()
    {
        voice = twilio.Body;
        Require<CallEffect.Publish>(twilio.Decide());
        Require<CallEffect.DispatchAgent>(joined.Decide());
        Require<CallEffect.EndCall>(left.Decide());
    }

#pragma warning disable CA5350 // Twilio signs with HMAC-SHA1; this is what it costs by itself.
    [Benchmark(Description = "HMAC-SHA1 of a voice webhook")]
    public byte[] VoiceCryptography() => HMACSHA1.HashData(key, voice);
#pragma warning restore CA5350

    [Benchmark(Description = "voice: verify and read the form")]
    public object VerifyVoice() => twilio.Verify();

    [Benchmark(Description = "voice: verify and decide")]
    public CallDecision DecideVoice() => twilio.Decide();

    [Benchmark(Description = "voice: whole door, TwiML included")]
    public void AnswerVoice() => twilio.Answer();

    [Benchmark(Description = "voice: the same webhook again")]
    public void AnswerVoiceAgain() => twilio.AnswerAgain();

    [Benchmark(Description = "SHA-256 and HMAC-SHA256 of a join")]
    public byte[] JoinCryptography() => HMACSHA256.HashData(key, SHA256.HashData(joined.Body));

    [Benchmark(Description = "caller joins: verify")]
    public void VerifyJoin() => joined.Verify();

    [Benchmark(Description = "caller joins: verify and read")]
    public object ReadJoin() => joined.Read();

    [Benchmark(Description = "caller joins: verify and decide")]
    public CallDecision DecideJoin() => joined.Decide();

    [Benchmark(Description = "caller joins: the same webhook again")]
    public void AnswerJoinAgain() => joined.AnswerAgain();

    [Benchmark(Description = "caller leaves: verify and decide")]
    public CallDecision DecideLeft() => left.Decide();

    private static void Require<T>(CallDecision decision)
        where T : CallEffect
    {
        if (decision is not CallDecision.Do { Effect: T })
        {
            throw new InvalidOperationException($"The benchmark does not measure what it says: {decision}");
        }
    }
}
