using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Handover;

/// <summary>When the human is called who takes over a caller whom no agent serves.</summary>
public static class HandoverRules
{
    /// <summary>How long a human's phone rings.</summary>
    public static TimeSpan RingTime { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after <see cref="RingTime"/> a human who did not answer is waited for: LiveKit's answer takes a moment.</summary>
    public static TimeSpan RingSlack { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The human who should be called now. Twilio's callers are brought to theirs by Twilio, once the room is gone.</summary>
    internal static CallEffect? Due(PolicyContext context) =>
        context.State.LiveCallers.Any() && CanCallHuman(context) && (context.State.HumanCall is not null || IsSilentTooLong(context))
            ? new CallEffect.CallHuman()
            : null;

    /// <summary>The human, without waiting for a silence: nobody else is to come.</summary>
    internal static CallEffect AtOnce() => new CallEffect.CallHuman();

    /// <summary>Whether a caller who hears nobody has waited long enough, and there is no human to wait for.</summary>
    internal static bool NobodyComes(PolicyContext context) => context.State.HumanCall switch
    {
        null => !CanCallHuman(context) && IsSilentTooLong(context),
        { Status: ClaimStatus.GivenUp } => true,
        { Status: ClaimStatus.Done } called =>
            (context.State.Humans.Any() && !context.State.LiveHumans.Any()) || context.IsConfirmedAfter(called.At + RingTime + RingSlack),
        _ => false,
    };

    private static bool IsSilentTooLong(PolicyContext context) =>
        CallSilence.Since(context.State) is { } silence && context.IsConfirmedAfter(silence + context.Timeouts.Handover);

    /// <summary>Whether there is a human whom LiveKit can dial for this caller.</summary>
    internal static bool CanCallHuman(PolicyContext context) =>
        context.State.Twilio.Announced is null && context.Timeouts.Silence.CallsHuman;
}
