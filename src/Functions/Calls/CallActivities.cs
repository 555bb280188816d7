using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Functions.Calls;

/// <summary>
/// The activities of a call's orchestration: one that evaluates, and one for each kind of effect, of its name, so that a history reads as
/// the story of the call. Each answers with what is next, so that the orchestration need not come back to ask. Any of them may run twice;
/// the journal's claims see to the rest.
/// </summary>
public sealed class CallActivities(VoiceGateway gateway, TimeProvider timeProvider)
{
    /// <summary>How much too early a timer may fire: the Azure Storage provider rounds the time to wait down to whole seconds.</summary>
    public static readonly TimeSpan MostEarly = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How far behind the journal's time an orchestration's own may stand, beside which a decision that was handed out a while ago is old.
    /// </summary>
    public static readonly TimeSpan MostLate = TimeSpan.FromMinutes(1);

    public const string Look = nameof(Look);
    public const string Admit = nameof(CallEffect.Admit);
    public const string LeavePlaces = nameof(CallEffect.LeavePlaces);
    public const string DispatchAgent = nameof(CallEffect.DispatchAgent);
    public const string RemoveSurplusAgents = nameof(CallEffect.RemoveSurplusAgents);
    public const string DispatchHelper = nameof(CallEffect.DispatchHelper);
    public const string OpenRoom = nameof(CallEffect.OpenRoom);
    public const string Dial = nameof(CallEffect.Dial);
    public const string HandOn = nameof(CallEffect.HandOn);
    public const string CallHuman = nameof(CallEffect.CallHuman);
    public const string StartRecording = nameof(CallEffect.StartRecording);
    public const string StopRecordings = nameof(CallEffect.StopRecordings);
    public const string LookUpRecordings = nameof(CallEffect.LookUpRecordings);

    public const string RingHuman = nameof(CallEffect.RingHuman);
    public const string TransferCaller = nameof(CallEffect.TransferCaller);
    public const string SilenceAgents = nameof(CallEffect.SilenceAgents);
    public const string GiveUpHandoff = nameof(CallEffect.GiveUpHandoff);
    public const string Deliver = nameof(CallEffect.Deliver);
    public const string Reconcile = nameof(CallEffect.Reconcile);
    public const string EndCall = nameof(CallEffect.EndCall);
    public const string DropCallers = nameof(CallEffect.DropCallers);
    public const string Publish = nameof(CallEffect.Publish);
    public const string DeleteRoom = nameof(CallEffect.DeleteRoom);

    /// <summary>
    /// Looks into the journal for what is next. Where it is called before the time that it is asked about, it waits for that: a look that
    /// comes early would need another timer.
    /// </summary>
    [Function(Look)]
    public async Task<AdvanceResult> LookAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken)
    {
        if (input.At - timeProvider.GetUtcNow() is var early && early > TimeSpan.Zero)
        {
            await Task.Delay(early < MostEarly ? early : MostEarly, timeProvider, cancellationToken);
        }

        return new AdvanceResult(await gateway.Calls.Advancer.AdvanceAsync(Parse(input.CallId), TimeOf(input), cancellationToken));
    }

    /// <summary>Decides whether the call gets an agent.</summary>
    [Function(Admit)]
    public Task<AdvanceResult> AdmitAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(Admit, input, cancellationToken);

    /// <summary>Gives the places of the limits back.</summary>
    [Function(LeavePlaces)]
    public Task<AdvanceResult> LeavePlacesAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(LeavePlaces, input, cancellationToken);

    /// <summary>Sends an agent into the room.</summary>
    [Function(DispatchAgent)]
    public Task<AdvanceResult> DispatchAgentAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(DispatchAgent, input, cancellationToken);

    /// <summary>Removes the agents that should not be in the room.</summary>
    [Function(RemoveSurplusAgents)]
    public Task<AdvanceResult> RemoveSurplusAgentsAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(RemoveSurplusAgents, input, cancellationToken);

    /// <summary>Sends one of the route's helpers into the room.</summary>
    [Function(DispatchHelper)]
    public Task<AdvanceResult> DispatchHelperAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(DispatchHelper, input, cancellationToken);

    /// <summary>Opens the room of a call that was asked for over the API.</summary>
    [Function(OpenRoom)]
    public Task<AdvanceResult> OpenRoomAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(OpenRoom, input, cancellationToken);

    /// <summary>Calls the phone that the call is for.</summary>
    [Function(Dial)]
    public Task<AdvanceResult> DialAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(Dial, input, cancellationToken);

    /// <summary>Gives what happens in the room to the next caller's call.</summary>
    [Function(HandOn)]
    public Task<AdvanceResult> HandOnAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(HandOn, input, cancellationToken);

    /// <summary>Calls the route's human into the room.</summary>
    [Function(CallHuman)]
    public Task<AdvanceResult> CallHumanAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(CallHuman, input, cancellationToken);

    /// <summary>Starts a recording.</summary>
    [Function(StartRecording)]
    public Task<AdvanceResult> StartRecordingAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(StartRecording, input, cancellationToken);

    /// <summary>Stops recordings.</summary>
    [Function(StopRecordings)]
    public Task<AdvanceResult> StopRecordingsAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(StopRecordings, input, cancellationToken);

    /// <summary>Asks LiveKit how the recordings are.</summary>
    [Function(LookUpRecordings)]
    public Task<AdvanceResult> LookUpRecordingsAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(LookUpRecordings, input, cancellationToken);

    /// <summary>Calls a human into the room whom the agent or an operator asked for.</summary>
    [Function(RingHuman)]
    public Task<AdvanceResult> RingHumanAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(RingHuman, input, cancellationToken);

    /// <summary>Gives the caller away.</summary>
    [Function(TransferCaller)]
    public Task<AdvanceResult> TransferCallerAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(TransferCaller, input, cancellationToken);

    /// <summary>Puts the agents out, or mutes them.</summary>
    [Function(SilenceAgents)]
    public Task<AdvanceResult> SilenceAgentsAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(SilenceAgents, input, cancellationToken);

    /// <summary>Gives a handoff up that nobody took.</summary>
    [Function(GiveUpHandoff)]
    public Task<AdvanceResult> GiveUpHandoffAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(GiveUpHandoff, input, cancellationToken);

    /// <summary>Asks LiveKit who is there.</summary>
    [Function(Reconcile)]
    public Task<AdvanceResult> ReconcileAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(Reconcile, input, cancellationToken);

    /// <summary>Declares the call over.</summary>
    [Function(EndCall)]
    public Task<AdvanceResult> EndCallAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(EndCall, input, cancellationToken);

    /// <summary>Puts the callers of an ended call out of a room that other people keep.</summary>
    [Function(DropCallers)]
    public Task<AdvanceResult> DropCallersAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(DropCallers, input, cancellationToken);

    /// <summary>Hands lifecycle events over to a destination.</summary>
    [Function(Deliver)]
    public Task<AdvanceResult> DeliverAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(Deliver, input, cancellationToken);

    /// <summary>Publishes lifecycle events.</summary>
    [Function(Publish)]
    public Task<AdvanceResult> PublishAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(Publish, input, cancellationToken);

    /// <summary>Makes sure that the room is gone.</summary>
    [Function(DeleteRoom)]
    public Task<AdvanceResult> DeleteRoomAsync([ActivityTrigger] AdvanceInput input, CancellationToken cancellationToken) =>
        AdvanceAsync(DeleteRoom, input, cancellationToken);

    private async Task<AdvanceResult> AdvanceAsync(string effect, AdvanceInput input, CancellationToken cancellationToken) =>
        new(await gateway.Calls.Advancer.AdvanceAsync(Parse(input.CallId), effect, TimeOf(input), cancellationToken));

    /// <summary>
    /// The time of a decision: the orchestration's, unless the clock of the machine that runs it stands far from the journal's time. Then
    /// its timers come early or late, and the sweep does what is overdue, but no call is ended by it.
    /// </summary>
    private DateTimeOffset TimeOf(AdvanceInput input)
    {
        var now = timeProvider.GetUtcNow();
        return input.At - now is var ahead && ahead <= MostEarly && ahead >= -MostLate ? input.At : now;
    }

    private static CallId Parse(string callId) => CallId.TryParse(callId, out var parsed)
        ? parsed
        : throw new ArgumentException("An orchestration of that name is no call's.", nameof(callId));
}
