using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.Handoffs;

/// <summary>
/// Rings a handoff's humans, one at a time, and lets go of those whom it needs no longer. Who is in the room is looked at first: nobody is
/// dialled twice, and where one of them has answered, nobody else is.
/// </summary>
public sealed class HandoffRinger(ILiveKitApi liveKit, PhoneDialer dialer)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Rings one human beside the agent, unless a leg of theirs is there already.</summary>
    public async Task<EffectOutcome> RingAsync(EffectContext context, CallEffect.RingHuman effect, CancellationToken cancellationToken)
    {
        var state = context.State;
        if (!dialer.CanDial
            || Find(state, effect.Handoff) is not { } handoff
            || !PhoneNumber.TryParse(handoff.Request.Humans.ElementAtOrDefault(effect.Index), out var human))
        {
            return new EffectOutcome.GaveUp(HandoffFailure.Unavailable);
        }

        if (handoff.IsConnected)
        {
            return new EffectOutcome.Done("connected");
        }

        if (PhoneDialer.IsOwn(state, human))
        {
            return new EffectOutcome.GaveUp(HandoffFailure.OwnNumber);
        }

        var identity = HumanIdentity.OfHandoff(state.CallId, handoff.Number, effect.Index);
        return await LetGoAsync(context, handoff, identity, cancellationToken) switch
        {
            { Failed: { } reason } => PhoneDialer.Later(context.Attempt, reason),
            { Answered: { Count: > 0 } answered } => new EffectOutcome.TryAgain(TimeSpan.Zero, "answered") { Learnt = answered },
            { IsKeptInside: true } => new EffectOutcome.Done("present"),
            _ => await dialer.DialAsync(
                context,
                human,
                identity,
                handoff.Request.RingTime,
                HumanIdentity.RequestIdOf(state.CallId, handoff.Number, effect.Index),
                plays: false,
                cancellationToken),
        };
    }

    /// <summary>
    /// Gives a handoff up, once no phone of it rings any more. Where one of its humans has just answered, it is not given up.
    /// </summary>
    public async Task<EffectOutcome> GiveUpAsync(
        EffectContext context, CallEffect.GiveUpHandoff effect, CancellationToken cancellationToken)
    {
        var state = context.State;
        if (state.End is not null || Find(state, effect.Handoff) is not { Request.Mode: HandoffMode.Warm } handoff)
        {
            return new EffectOutcome.Done(effect.Cause);
        }

        return await LetGoAsync(context, handoff, keep: null, cancellationToken) switch
        {
            { Failed: { } reason } => new EffectOutcome.TryAgain(Soon, reason),
            { Answered: { Count: > 0 } answered } => new EffectOutcome.TryAgain(TimeSpan.Zero, "answered") { Learnt = answered },
            _ => new EffectOutcome.Done(effect.Cause),
        };
    }

    /// <summary>Hangs up on the handoff's humans who have not answered, but for one; if any has answered, on nobody.</summary>
    internal async Task<LettingGo> LetGoAsync(EffectContext context, Handoff handoff, string? keep, CancellationToken cancellationToken)
    {
        var state = context.State;
        if (await dialer.HumansInsideAsync(state, cancellationToken) is not { } inside)
        {
            return new LettingGo { Failed = "list_participants" };
        }

        var ours = inside.Where(handoff.Owns).ToList();
        var room = new RoomSession(state.Rooms.Name!, state.LiveCallers.FirstOrDefault()?.RoomSid ?? state.Rooms.All.First().Sid);
        List<CallEvent> answered =
            [.. ours.Where(leg => leg.IsAnswered).Select(leg => InferredEvents.Answered(leg, room, context.Now))];
        foreach (var leg in answered.Count > 0 ? [] : ours.Where(leg => leg.IsDialled && leg.Identity != keep))
        {
            if (await liveKit.RemoveParticipantAsync(room.Name, leg.Identity, cancellationToken)
                is not (LiveKitOutcome<LiveKitDone>.Ok or LiveKitOutcome<LiveKitDone>.NotFound))
            {
                return new LettingGo { Failed = "remove_participant" };
            }
        }

        return new LettingGo { Answered = answered, IsKeptInside = ours.Exists(leg => leg.Identity == keep) };
    }

    private static Handoff? Find(CallState state, int number) => state.Handoffs.FirstOrDefault(handoff => handoff.Number == number);

    /// <summary>What came of it.</summary>
    internal sealed record LettingGo
    {
        /// <summary>Why it could not be done to the end; <c>null</c> where it was.</summary>
        public string? Failed { get; init; }

        /// <summary>That humans of the handoff have answered.</summary>
        public IReadOnlyList<CallEvent> Answered { get; init; } = [];

        /// <summary>Whether the one who was to be kept is in the room.</summary>
        public bool IsKeptInside { get; init; }
    }
}
