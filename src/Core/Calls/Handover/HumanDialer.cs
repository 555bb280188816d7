using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Effects;

namespace VoiceFunctions.Core.Calls.Handover;

/// <summary>
/// Calls a human into the room of a caller whom no agent serves. Who is in the room is looked at first, so the phone rings once.
/// </summary>
/// <param name="dialer">Dials.</param>
/// <param name="agents">Removes the agents first: nobody speaks over the human.</param>
public sealed class HumanDialer(PhoneDialer dialer, AgentDispatcher agents)
{
    /// <summary>How often it is tried; then the call ends without a human.</summary>
    public const int MaxAttempts = PhoneDialer.MaxAttempts;

    /// <summary>Rings one of the route's humans, unless a leg of theirs is there already. The caller is in the room.</summary>
    public async Task<EffectOutcome> CallAsync(EffectContext context, CallEffect.CallHuman effect, CancellationToken cancellationToken)
    {
        var (state, attempt) = (context.State, context.Attempt);
        if (!dialer.CanDial || context.Route.Fallback.Humans.ElementAtOrDefault(effect.Index) is not { } human)
        {
            return new EffectOutcome.GaveUp("no_human");
        }

        if (PhoneDialer.IsOwn(state, human))
        {
            return new EffectOutcome.GaveUp("own_number");
        }

        var identity = HumanIdentity.Of(state.CallId, effect.Index);
        if (await dialer.HumansInsideAsync(state, cancellationToken) is not { } inside)
        {
            return PhoneDialer.Later(attempt, "list_participants");
        }

        if (inside.Any(leg => leg.Identity == identity))
        {
            return new EffectOutcome.Done("present");
        }

        if (!await agents.ClearAsync(state, cancellationToken))
        {
            return PhoneDialer.Later(attempt, "clear");
        }

        var requestId = HumanIdentity.RequestIdOf(state.CallId, effect.Index + 1);
        return await dialer.DialAsync(
            context, human, identity, context.Route.Fallback.RingTime, requestId, plays: true, cancellationToken);
    }
}
