using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Quality;

/// <summary>
/// Takes what agents and clients measure of a leg. Values are counted in this process; the journal gets them period by period, and each
/// spike at once.
/// </summary>
/// <param name="calls">Finds the call.</param>
/// <param name="ingestor">Takes the facts in.</param>
/// <param name="naming">Names the room of a call that has none yet.</param>
/// <param name="timeProvider">Tells when a period is over.</param>
public sealed class QualityHandler(CallFinder calls, EventIngestor ingestor, RoomNaming naming, TimeProvider timeProvider) : IGatewayHandler
{
    /// <summary>How often whoever reports should do so, in seconds.</summary>
    public const int ReportEverySeconds = 10;

    private readonly LegMonitors monitors = new();

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallQuality;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(Route.ParameterOf(request.RawPath), out var callId))
        {
            return Problem.BadCallId;
        }

        if (QualityReport.Parse(request.Body, out var error) is not { } report)
        {
            return Problem.BadParameter(error);
        }

        var token = request.Credential as LiveKitTokenClaims;
        var state = await calls.FindAsync(callId, request.Credential, cancellationToken);
        if (token is not null && (state is null || !IsOfRoom(token, state)))
        {
            return Problem.BadToken;
        }

        if (state is null)
        {
            return Problem.UnknownCall;
        }

        if (report.Participant is null && token is null)
        {
            return Problem.BadParameter("participant is missing: the sid or identity of whom the samples are about.");
        }

        if (timeProvider.GetUtcNow() - state.EndedAt > QualityBounds.AfterEnd)
        {
            return Problem.QualityTooLate;
        }

        return FindLeg(state, report.Participant ?? token!.Subject!) is not { } leg ? Problem.UnknownParticipant
            : token is null || token.Kind == LiveKitTokenClaims.Agent || leg.Leg!.Identity == token.Subject
                ? await TakeAsync(report, state, leg, cancellationToken)
            : Problem.BadToken;
    }

    private bool IsOfRoom(LiveKitTokenClaims token, CallState state) =>
        token is { Grants.RoomJoin: true, Subject: not null }
        && token.Grants.Room == (state.Rooms.Name ?? naming.NameOf(state.CallId));

    /// <summary>The leg of a sid, or the newest one of an identity. Listeners and recorders are nobody to the call.</summary>
    private static LegState? FindLeg(CallState state, string participant) => state.Legs.Named(participant)
        .OrderByDescending(leg => leg.Since)
        .Append(state.Legs.Find(participant))
        .FirstOrDefault(leg => leg is { WasThere: true, Leg: { IsHidden: false, Role: not LegRole.Recorder } });

    private async Task<GatewayResponse> TakeAsync(
        QualityReport report, CallState state, LegState leg, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var monitor = monitors.Of(state.CallId, leg.Sid);
        var count = monitor.Take(report.Samples, leg.Role.ToString().ToLowerInvariant());
        var warnings = new List<QualityWarning>();
        foreach (var spike in monitor.Spikes)
        {
            if (WarningOf(state, leg.Sid, spike, now) is { } warning)
            {
                var warned = new CallEvent($"quality:{warning.Key}", now, warning);
                await ingestor.IngestAsync(new ReceivedEvent(state.CallId, warned, Tracking.Follow), cancellationToken);
                state = state.Apply(warned);
                warnings.Add(new QualityWarning(spike.Measure, warning.Value, warning.Baseline));
            }

            monitor.Settle(spike);
        }

        var isOver = report.IsFinal || warnings.Count > 0 || leg.Left is not null || state.End is not null;
        if ((isOver || QualityBounds.IsDue(state, leg, now))
            && QualityBounds.MayStore(state, leg.Sid)
            && monitor.Period() is var (id, tallies))
        {
            var measured = new CallEvent($"quality:{leg.Sid}:{id}", now, new CallFact.QualityMeasured(leg.Sid, tallies));
            await ingestor.IngestAsync(new ReceivedEvent(state.CallId, measured, Tracking.RecordOnly), cancellationToken);
            monitor.Stored(id);
        }

        return GatewayResponse.Json(
            202, new QualityAnswer(leg.Sid, count, warnings, ReportEverySeconds), QualityJson.Default.QualityAnswer);
    }

    /// <summary>The warning of a spike; <c>null</c> where there is one already, or the call has had too many or is over.</summary>
    private static CallFact.QualityWarned? WarningOf(
        CallState state, string legSid, (string Measure, QualitySpike Spike) spike, DateTimeOffset now)
    {
        var known = state.Quality.WarningsOf(legSid, spike.Measure).ToList();
        return state.End is not null
            || state.Quality.Warnings.Count() >= QualityBounds.MaxWarnings
            || known.Count >= QualityBounds.MaxWarningsOfMeasure
            || (known.Count > 0 && now - known[^1].At < QualityBounds.OneSpike)
                ? null
                : new CallFact.QualityWarned(
                    legSid, spike.Measure, known.Count + 1, Math.Round(spike.Spike.Value, 6), Math.Round(spike.Spike.Baseline, 6));
    }
}

internal sealed record QualityAnswer(string Participant, int Values, IReadOnlyList<QualityWarning> Warnings, int ReportEverySeconds);

internal sealed record QualityWarning(string Measure, double Value, double Baseline);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(QualityAnswer))]
internal sealed partial class QualityJson : JsonSerializerContext;
