using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Admission;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Calls.Admission;

/// <summary>
/// Decides whether a call gets an agent: the route's rules for callers first, then the places. Where what is counted cannot be read for
/// long, the call is let in: a limit is there to save money, and a caller must not hear silence for it.
/// </summary>
/// <param name="desk">Takes the places.</param>
/// <param name="velocity">Counts callers' calls.</param>
/// <param name="marks">What callers are counted under; <c>null</c> where nobody is counted.</param>
/// <param name="routes">Reads callers' numbers.</param>
public sealed class CallAdmitter(PlaceDesk desk, CallerVelocity velocity, CallerMark? marks, RouteTable routes)
{
    /// <summary>From which attempt on a call is let in although what is counted cannot be read.</summary>
    public const int PatientAttempts = 3;

    /// <summary>From which attempt on a call whose place others always took counts as one too many.</summary>
    public const int BusyAttempts = 5;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    /// <summary>Decides.</summary>
    public async Task<EffectOutcome> AdmitAsync(EffectContext context, CallEffect.Admit effect, CancellationToken cancellationToken)
    {
        if (context.State.Screening.Verdict is { Action: var decided })
        {
            return new EffectOutcome.Done(decided);
        }

        if (context.State.End is not null)
        {
            return new EffectOutcome.GaveUp("call_ended");
        }

        CallFact.CallScreened verdict;
        try
        {
            verdict = await JudgeAsync(context, cancellationToken);
            if (!AdmissionAction.SendsNobody(verdict.Action))
            {
                var (answer, reason) = await desk.TakeAsync(context.State.CallId, context.Route, cancellationToken);
                if (answer == PlaceAnswer.Busy && context.Attempt < BusyAttempts)
                {
                    return new EffectOutcome.TryAgain(Soon, "busy");
                }

                verdict = answer == PlaceAnswer.Taken ? Holding(verdict, context.Route) : TurnedAway(context.Route, reason!);
            }
        }
        catch (JournalUnavailableException) when (context.Attempt < PatientAttempts)
        {
            return new EffectOutcome.TryAgain(Soon, "limits_away");
        }
        catch (JournalUnavailableException)
        {
            verdict = Holding(new CallFact.CallScreened(AdmissionAction.Accept) { Reason = AdmissionReason.NotKnown }, context.Route);
        }

        GatewayMeter.CallScreened.Add(
            1,
            new KeyValuePair<string, object?>("action", verdict.Action),
            new KeyValuePair<string, object?>("reason", verdict.Reason ?? "none"));
        return new EffectOutcome.Done(verdict.Action) { Learnt = [InferredEvents.Screened(verdict, context.Now)] };
    }

    /// <summary>Gives the places back.</summary>
    public async Task<EffectOutcome> LeaveAsync(
        EffectContext context, CallEffect.LeavePlaces effect, CancellationToken cancellationToken)
    {
        try
        {
            var (callId, verdict) = (context.State.CallId, context.State.Screening.Verdict);
            if (await desk.LeaveAsync(callId, context.Route, verdict, cancellationToken))
            {
                return new EffectOutcome.Done("left");
            }
        }
        catch (JournalUnavailableException)
        {
            // It is tried again.
        }

        return context.Attempt >= effect.MaxAttempts
            ? new EffectOutcome.GaveUp("limits_away")
            : new EffectOutcome.TryAgain(TimeSpan.FromSeconds(Math.Min(context.Attempt, 30)), "limits_away");
    }

    /// <summary>What the route's rules say, by their order.</summary>
    private async Task<CallFact.CallScreened> JudgeAsync(EffectContext context, CancellationToken cancellationToken)
    {
        var (state, route) = (context.State, context.Route);
        var rules = route.Timeouts.Admission.Rules;
        if (rules.Count == 0 || state.Requests.First is not null || state.Direction == CallDirection.Outbound)
        {
            return new CallFact.CallScreened(AdmissionAction.Accept);
        }

        var number = routes.NumberOf(state.From);
        var verdict = state.Announcement is { } announced ? announced.Verdict ?? CallerVerdict.None : null;
        var came = rules.Any(rule => rule.MoreThan is not null) && number is not null && marks is not null
            ? await velocity.NoteAsync(
                marks.Of(route.Name, number),
                state.CallId.Value,
                state.FirstEventAt,
                rules.Max(rule => rule.Within),
                cancellationToken)
            : [];
        foreach (var (index, rule) in rules.Index())
        {
            if (rule.Fits(number, verdict, within => came.Count(at => at > state.FirstEventAt - within)))
            {
                return new CallFact.CallScreened(rule.Action)
                {
                    Rule = index + 1,
                    Reason = rule.MoreThan is not null ? AdmissionReason.CallerVelocity
                        : rule.Verdicts.Count > 0 ? AdmissionReason.CallerVerdict
                        : AdmissionReason.CallerNumber,
                };
            }
        }

        return new CallFact.CallScreened(AdmissionAction.Accept);
    }

    private static CallFact.CallScreened Holding(CallFact.CallScreened verdict, Route route) => verdict with
    {
        RoutePlace = route.Timeouts.Admission.RouteCalls is null ? null : route.Name,
        TenantPlace = route.Timeouts.Admission is { TenantCalls: not null, Tenant: var tenant } ? tenant : null,
    };

    private static CallFact.CallScreened TurnedAway(Route route, string reason) =>
        new(route.Fallback.Human is null ? AdmissionAction.Message : AdmissionAction.Human) { Reason = reason };
}
