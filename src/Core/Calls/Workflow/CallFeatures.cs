using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Admission;
using VoiceFunctions.Core.Calls.CallerRemoval;
using VoiceFunctions.Core.Calls.Delivery;
using VoiceFunctions.Core.Calls.Dialling;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Ending;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Handoffs;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Helpers;
using VoiceFunctions.Core.Calls.Opening;
using VoiceFunctions.Core.Calls.OpeningHours;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Presence;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.Recordings;
using VoiceFunctions.Core.Calls.Refusal;
using VoiceFunctions.Core.Calls.RoomDeletion;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Succession;
using VoiceFunctions.Core.Calls.SurplusAgents;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>The one registration of everything that is decided and done for calls: a feature has its rules and its handlers here.</summary>
internal static class CallFeatures
{
    /// <summary>While a call goes on. The order is the precedence: the first rule that has an effect decides.</summary>
    private static readonly CallRule[] DuringCall =
    [
        EndRules.Due,
        OpeningRules.Due,
        HandoffRules.Due,
        HandoverRules.Due,
        DispatchRules.Due,
        AdmissionRules.Unsettled,
        DialRules.Due,
        SurplusAgentRules.Due,
        HelperRules.Due,
        RecordingRules.DuringCall,
        PublishRules.Due,
        ReconcileRules.DuringCall,
        DeliverRules.Due,
    ];

    /// <summary>
    /// While a call goes on that came outside of its route's hours: no agent has a part in it. One that has an agent goes on with it, also
    /// where the routes were changed meanwhile.
    /// </summary>
    private static readonly CallRule[] WhileClosed =
    [
        EndRules.Due, ClosedRules.Due, SurplusAgentRules.Due, RecordingRules.DuringCall, PublishRules.Due, ReconcileRules.DuringCall,
        DeliverRules.Due,
    ];

    /// <summary>While a call goes on that came when the gateway took no new ones.</summary>
    private static readonly CallRule[] WhileRefusing =
        [EndRules.Due, RefusalRules.Due, SurplusAgentRules.Due, PublishRules.Due, ReconcileRules.DuringCall, DeliverRules.Due];

    /// <summary>While it is not decided whether the call gets an agent.</summary>
    private static readonly CallRule[] WhileUndecided =
        [EndRules.Due, AdmissionRules.Due, SurplusAgentRules.Due, PublishRules.Due, ReconcileRules.DuringCall];

    /// <summary>After its end. Telling comes last: there may be much to tell.</summary>
    private static readonly CallRule[] AfterEnd =
    [
        HandOnRules.AfterEnd,
        DispatchRules.Unsettled,
        SurplusAgentRules.AfterEnd,
        CallerRemovalRules.AfterEnd,
        RecordingRules.BeforeDeletion,
        RoomDeletionRules.AfterEnd,
        AdmissionRules.Unsettled,
        AdmissionRules.AfterEnd,
        RecordingRules.AfterEnd,
        HandoffRules.AfterEnd,
        PublishRules.Due,
        ReconcileRules.AfterEnd,
        DeliverRules.Due,
    ];

    /// <summary>In a room that may become a call.</summary>
    private static readonly CallRule[] BeforeCall = [RoomDeletionRules.Abandoned, ReconcileRules.BeforeCall];

    /// <summary>The rules for a call that stands so.</summary>
    public static IReadOnlyList<CallRule> RulesFor(CallState state, CallTimeouts timeouts) => state switch
    {
        { End: not null } => AfterEnd,
        { IsCall: true, IsTakenOn: false } when !timeouts.TakesNewCalls => WhileRefusing,
        { IsCall: true } when AdmissionRules.IsUndecided(state, timeouts) => WhileUndecided,
        { IsCall: true } => timeouts.IsClosed && !state.Dispatches.Any() ? WhileClosed : DuringCall,
        _ => BeforeCall,
    };

    /// <summary>What does the effects.</summary>
    /// <param name="services">What the handlers work with.</param>
    /// <param name="ingest">Takes in what a handler has for another call.</param>
    public static EffectHandlers Handlers(
        CallServices services, Func<ReceivedEvent, CancellationToken, ValueTask<AppendOutcome>> ingest)
    {
        var (_, liveKit, events, _, rooms, participants, _, loggers) = services;
        var presence = new PresenceDiff(participants);
        var agents = new AgentDispatcher(liveKit, participants, presence, rooms, services.Fence);
        var phones = new PhoneDialer(liveKit, participants, services.Outbound);
        var handoffs = new HandoffRinger(liveKit, phones);
        var places = new PlaceDesk(new CallPlaces(services.Limits, services.Time), services.Journal, services.Time);
        var admitter = new CallAdmitter(places, new CallerVelocity(services.Limits), services.Callers, services.Routes);
        return new EffectHandlers()
            .Add<CallEffect.Admit>(admitter.AdmitAsync)
            .Add<CallEffect.LeavePlaces>(admitter.LeaveAsync)
            .Add<CallEffect.DispatchAgent>(agents.DispatchAsync)
            .Add<CallEffect.DispatchHelper>(new HelperDispatcher(liveKit).DispatchAsync)
            .Add<CallEffect.OpenRoom>(new RoomOpener(liveKit, rooms).OpenAsync)
            .Add<CallEffect.Dial>(new CalleeDialer(liveKit, participants, services.Outbound).DialAsync)
            .Add<CallEffect.HandOn>(new CallSuccessors(services.Journal, ingest).HandOnAsync)
            .Add<CallEffect.CallHuman>(new HumanDialer(phones, agents).CallAsync)
            .Add<CallEffect.RingHuman>(handoffs.RingAsync)
            .Add<CallEffect.TransferCaller>(new CallerTransfer(liveKit, participants, services.Redirect).TransferAsync)
            .Add<CallEffect.SilenceAgents>(new AgentSilencer(liveKit, participants, agents).SilenceAsync)
            .Add<CallEffect.GiveUpHandoff>(handoffs.GiveUpAsync)
            .Add<CallEffect.RemoveSurplusAgents>(new SurplusAgentRemover(liveKit, participants, presence).RemoveAsync)
            .Add<CallEffect.StartRecording>(new RecordingStarter(liveKit, services.RecordingTarget).StartAsync)
            .Add<CallEffect.StopRecordings>(new RecordingStopper(liveKit).StopAsync)
            .Add<CallEffect.Deliver>(new EventCourier(
                services.Outbox, services.TenantOf, services.Time, loggers.CreateLogger<EventCourier>()).DeliverAsync)
            .Add<CallEffect.LookUpRecordings>(new RecordingWatch(liveKit, rooms).LookUpAsync)
            .Add<CallEffect.DropCallers>(new CallerRemover(liveKit).RemoveAsync)
            .Add<CallEffect.Publish>(new LifecyclePublisher(events, loggers.CreateLogger<LifecyclePublisher>()).PublishAsync)
            .Add<CallEffect.Reconcile>(new Reconciler(liveKit, participants, presence, rooms).ReconcileAsync)
            .Add<CallEffect.DeleteRoom>(new RoomDeleter(liveKit, participants, rooms, presence, services.Rescue).DeleteAsync);
    }
}
