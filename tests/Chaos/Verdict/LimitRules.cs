using VoiceFunctions.Core.Calls;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>Which promises about calls that are one too many were broken. Pure, like <see cref="DefectRules"/>.</summary>
internal static class LimitRules
{
    /// <summary>Every defect of a call: whoever is turned away hears so, or a human, and no agent; and never silence.</summary>
    public static IEnumerable<Defect> Of(CallEvidence call)
    {
        if (call is not { Sample.IsTurnedAway: true, Experience: { } heard })
        {
            yield break;
        }

        if (heard.HeardAgent > TimeSpan.Zero)
        {
            yield return Broken(call, "its caller was turned away and heard an agent");
        }

        // An application error is counted elsewhere: no gateway was there.
        var wasTold = heard.HeardHuman > TimeSpan.Zero || heard.Heard.Any(one => one is Heard.Message or Heard.ApplicationError);
        if (heard.End == CallEnd.OtherSideHungUp && !wasTold)
        {
            yield return Broken(call, "its caller was turned away and heard neither a message nor a human");
        }

        if (heard.LongestSilence > Windows.Silence)
        {
            yield return Broken(call, $"its caller was turned away and heard nothing for {heard.LongestSilence.TotalSeconds:0.0} s");
        }
    }

    /// <summary>The defects of the line with one place: two calls had it at one time, or one has it still.</summary>
    /// <param name="calls">Every call.</param>
    /// <param name="holders">Those that have the place when all calls are over.</param>
    public static IEnumerable<Defect> OfLine(IReadOnlyList<CallEvidence> calls, IReadOnlyList<string> holders)
    {
        CallEvidence? before = null;
        foreach (var call in calls
            .Where(call => call.Sample.Screened is
                { Action: AdmissionAction.Accept, RoutePlace: ScenarioCatalog.LimitedRoute, Reason: not AdmissionReason.NotKnown })
            .OrderBy(call => call.Sample.ScreenedAt))
        {
            if (before is not null && !(before.Sample.End?.At <= call.Sample.AdmittedAt))
            {
                yield return Broken(call, $"it was let in while {before.Name} had the one place");
            }

            before = call;
        }

        foreach (var holder in holders)
        {
            var call = calls.FirstOrDefault(call => call.CallId == holder);
            yield return new Defect(DefectKind.BrokenLimits, call?.Name ?? holder, "it has its place still");
        }
    }

    private static Defect Broken(CallEvidence call, string words) => new(DefectKind.BrokenLimits, call.Name, words);
}
