using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Queues;

namespace VoiceFunctions.Core.Handoffs;

/// <summary>
/// Takes requests for handoffs down. Who is called, and how, is settled with the request and stored with it. While a handoff is under way,
/// or a human has the caller, every further request is answered with that one.
/// </summary>
public sealed class HandoffDesk(
    CallFinder calls, EventIngestor ingestor, RouteTable routes, DispatchFence fence, TimeProvider timeProvider)
{
    /// <summary>How many handoffs a call may have, one after the other.</summary>
    public const int MaxHandoffs = 5;

    /// <summary>How long a phone rings where a number is named, and how long a human in a browser is waited for.</summary>
    public static TimeSpan RingTime => QueuedHumans.DefaultRingTime;

    /// <summary>Whether phones can be dialled.</summary>
    public bool CanDial { get; init; }

    /// <summary>Whether callers of Twilio's can be given away.</summary>
    public bool CanRedirect { get; init; }

    /// <summary>Answers a request.</summary>
    /// <param name="ask">The request.</param>
    /// <param name="credential">Who asks: an agent's LiveKit token, or a tenant.</param>
    /// <param name="cancellationToken">Ends the asking; the same request may be made again.</param>
    /// <returns>The call with its handoff, or else the answer to who is refused.</returns>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async Task<(CallState? State, GatewayResponse? Refusal)> AskAsync(
        HandoffAsk ask, object? credential, CancellationToken cancellationToken)
    {
        var state = await calls.FindAsync(ask.CallId, credential, cancellationToken);
        if (credential is LiveKitTokenClaims agent && (state is null || agent.Grants.Room != state.Rooms.Name))
        {
            return (null, Problem.BadToken);
        }

        if (state is null)
        {
            return (null, Problem.UnknownCall);
        }

        if (ask.Job is { } job && AgentLease.DecideFinish(state, job, fence) is var answer and not LeaseAnswer.Granted)
        {
            return (null, AgentLeaseHandler.Refusal(answer));
        }

        if (state.Handoff is { } last && (ask.IsQuestion || !last.IsOver || last.IsConnected))
        {
            return (state, null);
        }

        var number = (state.Handoff?.Number ?? 0) + 1;
        if (Refusal(state, ask, number) is { } refusal)
        {
            return (null, refusal);
        }

        var requested = FactOf(state, ask, number);
        var taken = new CallEvent($"handoff:{number}", timeProvider.GetUtcNow(), requested);
        return await ingestor.IngestAsync(new ReceivedEvent(ask.CallId, taken, Tracking.Follow), cancellationToken) == AppendOutcome.Refused
            ? (null, Problem.NotRecorded)
            : (await calls.FindAsync(ask.CallId, credential, cancellationToken), null);
    }

    private GatewayResponse? Refusal(CallState state, HandoffAsk ask, int number)
    {
        var route = routes.Find(RouteQuery.Of(state));
        return ask.IsQuestion ? Problem.NoHandoff
            : state.End is not null ? Problem.CallOver
            : state.IsHandedOver ? Problem.AlreadyHandedOver
            : !state.LiveCallers.Any() ? Problem.NoCaller
            : number > MaxHandoffs ? Problem.TooManyHandoffs
            : ask.Queue is { } queue && routes.QueueOf(queue, state.Tenant) is null ? Problem.UnknownQueue
            : ask.To is { } own && PhoneDialer.IsOwn(state, own)
                ? Problem.BadParameter("to is the caller's number, or the one they called.")
            : ask is { Job: not null, To: { } to } && !IsAllowed(route, to.E164) ? Problem.NumberNotAllowed
            : ask is { Mode: HandoffMode.Warm, InBrowser: false } && !CanDial ? Problem.NoTrunk
            : ask.Mode == HandoffMode.Cold && state.Announcement is not null && !CanRedirect ? Problem.NoTransfer
            : null;
    }

    private CallFact.HandoffRequested FactOf(CallState state, HandoffAsk ask, int number)
    {
        var queue = ask.Queue is { } name ? routes.QueueOf(name, state.Tenant) : null;
        var humans = queue?.MembersFor(state.CallId) ?? (ask.To is { } to ? [to] : []);
        var ringTime = queue?.RingTime ?? RingTime;
        return new CallFact.HandoffRequested(number, ask.Mode, [.. humans.Select(human => human.E164)], (int)ringTime.TotalSeconds)
        {
            Queue = ask.Queue,
            Reason = ask.Reason,
            Context = ask.Context,
            MutesAgent = routes.Find(RouteQuery.Of(state)).Handoff.MutesAgent,
            ByAgent = ask.Job is not null,
        };
    }

    private static bool IsAllowed(Route route, string number) =>
        route.Handoff.AgentMayCall.Any(prefix => number.StartsWith(prefix, StringComparison.Ordinal));
}
