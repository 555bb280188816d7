using System.Globalization;
using System.Text;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Recordings;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Recordings;

/// <summary>
/// Takes down that a call is to be recorded, or not, and says how it stands. Nothing is waited for: the call's rules see to it, and its
/// record shows what came of it. Asking for what is so already changes nothing.
/// </summary>
public sealed class RecordingHandler : IGatewayHandler
{
    private readonly string want;
    private readonly CallFinder calls;
    private readonly RouteTable routes;
    private readonly EventIngestor ingestor;
    private readonly TimeProvider timeProvider;

    private RecordingHandler(
        GatewayRoute route,
        string want,
        CallFinder calls,
        RouteTable routes,
        EventIngestor ingestor,
        TimeProvider timeProvider)
    {
        Route = route;
        (this.want, this.calls, this.routes) = (want, calls, routes);
        (this.ingestor, this.timeProvider) = (ingestor, timeProvider);
    }

    /// <inheritdoc/>
    public GatewayRoute Route { get; }

    /// <summary>The handlers of all three routes.</summary>
    public static IReadOnlyList<RecordingHandler> ForAll(
        CallFinder calls, RouteTable routes, EventIngestor ingestor, TimeProvider timeProvider) =>
    [
        new(GatewayRoutes.RecordingStart, CallFact.RecordingWanted.Start, calls, routes, ingestor, timeProvider),
        new(GatewayRoutes.RecordingStop, CallFact.RecordingWanted.Stop, calls, routes, ingestor, timeProvider),
        new(GatewayRoutes.RecordingPause, CallFact.RecordingWanted.Pause, calls, routes, ingestor, timeProvider),
    ];

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(Route.ParameterOf(request.RawPath), out var callId))
        {
            return Problem.BadCallId;
        }

        if (await calls.FindAsync(callId, request.Credential, cancellationToken) is not { } state)
        {
            return Problem.UnknownCall;
        }

        if (state.End is not null)
        {
            return Problem.RecordingTooLate;
        }

        if (routes.Find(RouteQuery.Of(state)).Timeouts.Recording is not { } recording)
        {
            return Problem.RecordingOff;
        }

        if (!IsSoAlready(state))
        {
            // Named after the word that it changes: the same request sent twice is stored once.
            var before = CallId.Digest(state.Recordings.Wanted?.Id ?? "")[..13];
            var wanted = new CallEvent(
                $"recording:{want}:{before}", timeProvider.GetUtcNow(), new CallFact.RecordingWanted(want));
            await ingestor.IngestAsync(new ReceivedEvent(callId, wanted, Tracking.Follow), cancellationToken);
            state = state.Apply(wanted);
        }

        return Accepted(callId, want, state, RecordingPlan.Of(state, recording));
    }

    /// <summary>Asking once more for a recording that failed is another wish than the first one.</summary>
    private bool IsSoAlready(CallState state) =>
        state.Recordings.Want == want
        && (want != CallFact.RecordingWanted.Start
            || !state.RecordingClaims.Any()
            || state.RecordingClaims.Any(start => start.Claim.Status is ClaimStatus.Intent or ClaimStatus.Failed)
            || state.Recordings.All.Any(recording => recording.GoesOn));

    private static GatewayResponse Accepted(CallId callId, string want, CallState state, RecordingPlan plan)
    {
        var stands = state.Recordings.All.Any(recording => recording.GoesOn && recording.File.Segment == plan.Segment) && plan.IsOn
            ? "recording"
            : plan.IsOn || want == CallFact.RecordingWanted.Start ? "waiting"
            : want == CallFact.RecordingWanted.Pause ? "paused"
            : "stopped";
        return GatewayResponse.Json(
            202,
            Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"callId":"{{callId}}","wanted":"{{want}}","recording":"{{stands}}","segment":{{plan.Segment}}}""")));
    }
}
