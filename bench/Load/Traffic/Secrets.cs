using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Bench.Load.Traffic;

/// <summary>The accounts of the benchmark. None of them exists.</summary>
internal static class Secrets
{
    public const string PublicUrl = "https://voice.example.com";
    public const string TwilioAccount = "AC0123456789abcdef0123456789abcdef";
    public const string TwilioToken = "0123456789abcdef0123456789abcdef";
    public const string SipHost = "sip:bench.sip.livekit.cloud";

    public static readonly LiveKitKey LiveKit = new("APIBenchmark", "a-secret-of-the-benchmark-0123456789");
}
