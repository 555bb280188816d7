using VoiceFunctions.Core.Calls;
using VoiceFunctions.KillEverywhere.Runs;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.KillEverywhere.Kinds;

/// <summary>Calls that are one too many: for a line, or of a caller.</summary>
internal static class LimitKinds
{
    /// <summary>Longer than a gap between two tones.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private static readonly string[] Steps = ["admit", "screened", "count in", "count out", "leave-places"];

    /// <summary>
    /// Somebody has the line's one place; a second caller is one too many; an operator ends the first call, and a third caller has the
    /// line. All over Twilio.
    /// </summary>
    public static CallKind OverTheLimit { get; } = new("a call over the limit", PlaceOverTheLimitAsync)
    {
        IsOneCall = false,
        Steps = Steps,
        Promises = OfTheLine,
    };

    /// <summary>Somebody calls three times, which is once too often. Over Twilio.</summary>
    public static CallKind TooOften { get; } = new("a caller who calls too often", PlaceThreeAsync)
    {
        IsOneCall = false,
        Steps = Steps,
        Promises = OfTheCaller,
    };

    private static async Task<CallerExperience> PlaceOverTheLimitAsync(PhoneNetwork network, Caller caller)
    {
        caller = caller with { To = ScenarioCatalog.LimitedNumber };
        var first = network.Twilio.CallAsync(caller with { Stays = TimeSpan.FromMinutes(4) });
        await CallKind.TalkAsync(network, first);
        var second = await network.Twilio.CallAsync(caller);
        await network.Operator.EndAsync(network.LiveKit.Rooms[0].Name, CancellationToken.None);
        var heard = await first;
        return heard with { Next = second with { Next = await network.Twilio.CallAsync(caller) } };
    }

    private static async Task<CallerExperience> PlaceThreeAsync(PhoneNetwork network, Caller caller)
    {
        caller = caller with { To = ScenarioCatalog.FloodedNumber };
        var first = await network.Twilio.CallAsync(caller);
        var second = await network.Twilio.CallAsync(caller);
        return first with { Next = second with { Next = await network.Twilio.CallAsync(caller) } };
    }

    private static IEnumerable<string> OfTheLine(Aftermath after)
    {
        var (first, second, third) = (after.Callers[0], after.Callers[1], after.Callers[2]);
        return
        [
            .. Of("first", [.. Promises.HeardAgent(first), .. Promises.EndedBy(after.CallOf(first), EndCause.ApiEnd)]),
            .. Of("second", [.. HeardTheMessage(second), .. Promises.EndedBy(after.CallOf(second), EndCause.OverLimit)]),
            .. Of(
                "third",
                [.. Promises.HeardAgent(third), .. Promises.EndedBy(after.CallOf(third), EndCause.CallerHangup, EndCause.CallerLost)]),
            .. after.PlaceHolders.Select(_ => "a place is held by a call that is over"),
        ];
    }

    private static IEnumerable<string> HeardTheMessage(CallerExperience caller)
    {
        if (!caller.Heard.OfType<Heard.Message>().Any(message => message.Text == ScenarioCatalog.LimitedMessage)
            && caller.HeardHuman == TimeSpan.Zero)
        {
            yield return "heard neither the route's message nor a human";
        }

        if (caller.HeardAgent > TimeSpan.Zero)
        {
            yield return "heard an agent";
        }

        if (caller.LongestSilence > Silence)
        {
            yield return $"heard nothing for {caller.LongestSilence.TotalSeconds:0.0} s";
        }
    }

    private static IEnumerable<string> OfTheCaller(Aftermath after)
    {
        var third = after.Callers[2];
        foreach (var (index, let) in after.Callers.Take(2).Index())
        {
            foreach (var broken in Of(
                index == 0 ? "first" : "second",
                [.. Promises.HeardAgent(let), .. Promises.EndedBy(after.CallOf(let), EndCause.CallerHangup, EndCause.CallerLost)]))
            {
                yield return broken;
            }
        }

        foreach (var broken in Of("third", Promises.EndedBy(after.CallOf(third), EndCause.Screened)))
        {
            yield return broken;
        }

        if (third.End != CallEnd.Refused || third.LongestSilence > Silence || third.HeardAgent > TimeSpan.Zero)
        {
            yield return $"the third caller did not hear the busy tone at once: {third.End}, {string.Join(", ", third.Heard)}";
        }
    }

    private static IEnumerable<string> Of(string caller, IEnumerable<string> broken) =>
        broken.Select(words => $"of the {caller} caller: {words}");
}
