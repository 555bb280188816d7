using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Says what would have to change for a refused webhook to be LiveKit's: key, secret, clock or body. A pure function.</summary>
public static class LiveKitDiagnosis
{
    /// <summary>Looks into a webhook that was refused.</summary>
    /// <param name="keyring">The keys of the settings.</param>
    /// <param name="authorization">The webhook's Authorization header.</param>
    /// <param name="verification">Why it was refused.</param>
    /// <param name="now">The time by which it was refused.</param>
    public static SignatureDiagnosis Of(
        LiveKitKeyring keyring, string? authorization, TokenVerification verification, DateTimeOffset now)
    {
        var signer = LiveKitJwt.SignerOf(keyring.Keys, authorization, out var unproven);
        var seconds = now.ToUnixTimeSeconds();
        const string HostsClock = "clock: by this host's clock the token";
        return (verification, signer) switch
        {
            (TokenVerification.Expired, not null) => Proven(
                SignatureChange.Clock,
                $"{HostsClock} expired {seconds - unproven!.Exp} s ago; this clock is ahead, or the webhook came late"),
            (TokenVerification.NotYetValid, not null) => Proven(
                SignatureChange.Clock,
                $"{HostsClock} begins in {Math.Max(unproven!.Nbf ?? 0, unproven.Iat ?? 0) - seconds} s; this clock is behind"),
            (TokenVerification.LivesTooLong, not null) => Proven(
                SignatureChange.Clock, $"{HostsClock} is valid for longer than a day; this clock is behind"),
            (TokenVerification.BodyMismatch, not null) when unproven!.Sha256 is not null => Proven(
                SignatureChange.Body,
                "re-encoded body: its bytes are not those whose hash LiveKit signed; something on the way wrote the JSON anew"),
            (TokenVerification.BodyMismatch, not null) => Proven(
                SignatureChange.Body, "body: the token names no hash, so it is a participant's or the API's and no webhook's"),
            (TokenVerification.UnknownKey, not null) => Proven(
                SignatureChange.Key, "key: signed with a secret of ours under another API key; LIVEKIT_API_KEY is not that secret's"),
            (TokenVerification.BadSignature, not null) => Proven(
                SignatureChange.Key, "key: signed with the secret of the other API key; the two secrets of the settings are swapped"),
            (TokenVerification.UnknownKey, null) => new(
                SignatureChange.Key,
                "key: signed under an API key that is not in the settings; LiveKit's webhooks are to be signed with LIVEKIT_API_KEY",
                IsProven: false),
            (TokenVerification.BadSignature, null) => new(
                SignatureChange.Key,
                "key: the API key is ours and the secret another one; LIVEKIT_API_SECRET is not this key's, or it was not LiveKit",
                IsProven: false),
            _ => new(SignatureChange.None, "no single change would do; it was not LiveKit", IsProven: false),
        };
    }

    private static SignatureDiagnosis Proven(SignatureChange change, string sentence) => new(change, sentence, IsProven: true);
}
