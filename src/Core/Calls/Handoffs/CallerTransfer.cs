using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.Handoffs;

/// <summary>
/// Gives the caller away: by SIP's REFER where a trunk brought them, by Twilio where Twilio did. It is asked for once. Where nobody knows
/// what came of that, LiveKit's list tells: the caller is gone, or still there when the phone has rung long enough.
/// </summary>
/// <param name="liveKit">LiveKit.</param>
/// <param name="participants">Reads participants.</param>
/// <param name="redirect">Redirects callers of Twilio; <c>null</c> where the host cannot.</param>
public sealed class CallerTransfer(ILiveKitApi liveKit, ParticipantMapper participants, ICallerRedirect? redirect)
{
    /// <summary>In the answer to a REFER: the SIP status with which the phone network refused.</summary>
    public const string SipStatus = "sip_status_code";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>How long Twilio may take to take a caller out of the room.</summary>
    private static readonly TimeSpan Redirecting = TimeSpan.FromSeconds(5);

    /// <summary>Transfers the caller, or finds out what became of an attempt to.</summary>
    public async Task<EffectOutcome> TransferAsync(
        EffectContext context, CallEffect.TransferCaller effect, CancellationToken cancellationToken)
    {
        var state = context.State;
        var key = CallEffect.TransferCaller.KeyOf(effect.Handoff, effect.Index);
        if (state.Handoffs.FirstOrDefault(one => one.Number == effect.Handoff) is not { } handoff
            || !PhoneNumber.TryParse(handoff.Request.Humans.ElementAtOrDefault(effect.Index), out var human)
            || (IsOfTwilio(state) && redirect is null))
        {
            return new EffectOutcome.GaveUp(HandoffFailure.Unavailable);
        }

        if (PhoneDialer.IsOwn(state, human))
        {
            return new EffectOutcome.GaveUp(HandoffFailure.OwnNumber);
        }

        // Only an attempt that certainly did not reach anybody is made anew.
        var before = state.Claims.GetValueOrDefault(key);
        if (before is not null and not { Status: ClaimStatus.Failed, Result: HandoffFailure.Unavailable })
        {
            var patience = IsOfTwilio(state) ? Redirecting : handoff.Request.RingTime + HandoverRules.RingSlack;
            return await LookAsync(state, context.Now >= before.FirstBegunAt + patience, cancellationToken);
        }

        return IsOfTwilio(state)
            ? await redirect!.RedirectAsync(state, human, handoff.Request.RingTime, cancellationToken) switch
            {
                true => new EffectOutcome.Done("redirected"),
                false => new EffectOutcome.GaveUp(HandoffFailure.CallOver),
                null => new EffectOutcome.TryAgain(Soon, Handoff.UnderWay),
            }
            : await ReferAsync(context, human, handoff.Request.RingTime, cancellationToken);
    }

    private async Task<EffectOutcome> ReferAsync(
        EffectContext context, PhoneNumber human, TimeSpan ringTime, CancellationToken cancellationToken)
    {
        var state = context.State;
        var caller = state.LiveCallers.OrderBy(leg => leg.Since).First().Leg!;
        var request = new LiveKitTransferRequest(state.Rooms.Name!, caller.Identity, $"tel:{human.E164}") { RingingTimeout = ringTime };
        return await liveKit.TransferSipParticipantAsync(request, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitTransfer>.Ok { Value.HasFailed: false } => new EffectOutcome.Done("referred"),
            LiveKitOutcome<LiveKitTransfer>.Ok => new EffectOutcome.GaveUp(HandoffFailure.Refused),
            LiveKitOutcome<LiveKitTransfer>.NotFound => new EffectOutcome.GaveUp(HandoffFailure.CallOver),
            LiveKitOutcome<LiveKitTransfer>.Unknown { Error: { } error } when IsRefusal(error) =>
                new EffectOutcome.GaveUp(HandoffFailure.Refused),
            LiveKitOutcome<LiveKitTransfer>.Unavailable { Error: { } error } when IsRefusal(error) =>
                new EffectOutcome.GaveUp(HandoffFailure.Refused),
            LiveKitOutcome<LiveKitTransfer>.Unavailable => PhoneDialer.Later(context.Attempt, HandoffFailure.Unavailable),
            LiveKitOutcome<LiveKitTransfer>.Unknown => new EffectOutcome.TryAgain(Soon, Handoff.UnderWay),
            _ => new EffectOutcome.GaveUp(HandoffFailure.Refused),
        };
    }

    /// <summary>Whether Twilio told of the call, so that it can be redirected. A REFER on a Dial to SIP is refused.</summary>
    private static bool IsOfTwilio(CallState state) => state.Announcement is not null;

    /// <summary>The phone network answered, so that there is nothing to wait for.</summary>
    private static bool IsRefusal(LiveKitError error) => error.Meta.ContainsKey(SipStatus);

    private async Task<EffectOutcome> LookAsync(CallState state, bool isOverdue, CancellationToken cancellationToken) =>
        await liveKit.ListParticipantsAsync(state.Rooms.Name!, cancellationToken)
            is not LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present }
                ? new EffectOutcome.TryAgain(Soon, Handoff.UnderWay)
            : present.All(participant => participants.LegOf(participant).Role != LegRole.Caller) ? new EffectOutcome.Done("gone")
            : isOverdue ? new EffectOutcome.GaveUp(IsOfTwilio(state) ? HandoffFailure.Unavailable : HandoffFailure.NoAnswer)
            : new EffectOutcome.TryAgain(Soon, Handoff.UnderWay);
}
