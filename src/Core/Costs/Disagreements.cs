using System.Globalization;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Costs;

/// <summary>Finds where the witnesses of a call that has ended do not agree.</summary>
internal static class Disagreements
{
    /// <summary>How far two witnesses may be apart: clocks of their own, whole seconds, and webhooks on their way.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How much longer than its route's grace a room may live: LiveKit is asked again once a minute.</summary>
    public static TimeSpan GhostTolerance { get; } = TimeSpan.FromMinutes(1);

    /// <summary>After how long a witness has nothing more to say.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The disagreements; none before the end.</summary>
    /// <param name="state">The call.</param>
    /// <param name="times">Its durations.</param>
    /// <param name="grace">How long the room may stay after the end, and a caller in it.</param>
    /// <param name="ghost">How long the room lived after its last person had left.</param>
    /// <param name="now">What time it is.</param>
    public static IReadOnlyList<Disagreement> Of(
        CallState state, CallTimes times, TimeSpan grace, TimeSpan ghost, DateTimeOffset now)
    {
        if (state.EndedAt is not { } ended)
        {
            return [];
        }

        TimeSpan? twilio = times.TwilioTalk is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        Disagreement?[] all =
        [
            Between("twilio_livekit", "Twilio's leg to LiveKit", twilio, "LiveKit's leg of the caller", times.LiveKitTalk, Tolerance),
            Between("twilio_gateway", "Twilio's leg to LiveKit", twilio, "the gateway's call", times.GatewayTalk, grace + Tolerance),
            Between(
                "livekit_gateway",
                "LiveKit's leg of the caller",
                times.LiveKitTalk,
                "the gateway's call",
                times.GatewayTalk,
                grace + Tolerance),
            twilio is { } leg && leg > Tolerance && times.LiveKit is null
                ? new("livekit_unknown", leg.TotalSeconds, $"Twilio's leg to LiveKit lasted {Words(leg)}, and LiveKit told of no caller")
                : null,
            state.IsTwilios && state.Twilio.CallerLegEnd is null && now > ended + Patience
                ? new("twilio_unknown", 0, "Twilio has not told how long the caller's leg lasted: its minutes are derived")
                : null,
            ghost > grace + GhostTolerance
                ? new(
                    "ghost_room",
                    Math.Round(ghost.TotalSeconds, 3),
                    $"the room lived on for {Words(ghost)} after its last person had left; its route allows {Words(grace)}")
                : null,
        ];
        return [.. all.OfType<Disagreement>()];
    }

    private static Disagreement? Between(string name, string one, TimeSpan? its, string other, TimeSpan? others, TimeSpan tolerance) =>
        its is { } first && others is { } second && (first - second).Duration() is var apart && apart > tolerance
            ? new(
                name,
                Math.Round(apart.TotalSeconds, 3),
                $"{one} lasted {Words(first)}, {other} {Words(second)}: they may be {Words(tolerance)} apart")
            : null;

    private static string Words(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
