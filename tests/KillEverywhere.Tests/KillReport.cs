using System.Globalization;
using VoiceFunctions.KillEverywhere.Runs;
using VoiceFunctions.KillEverywhere.Steps;

namespace VoiceFunctions.KillEverywhere;

/// <summary>What was seen of one kind of call, for people.</summary>
internal sealed record KillReport(CallKind Kind, Seen Undisturbed, IReadOnlyList<Seen> Killed)
{
    /// <summary>The promises that were broken, with where the process was killed.</summary>
    public IEnumerable<string> Broken =>
        from seen in Killed.Prepend(Undisturbed)
        where seen.Broken.Count > 0
        select $"{Kind}, {(seen.Spot is null ? "undisturbed" : $"killed {seen.Spot}")}:\n  {string.Join("\n  ", seen.Broken)}";

    /// <summary>The kills that did not happen, because the call did not come to their step.</summary>
    public IEnumerable<string> Missed => Killed.Where(seen => !seen.WasKilled).Select(seen => $"{Kind}: never came {seen.Spot}");

    /// <summary>A line that says it all.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind}: {Undisturbed.Requests.Count} steps, {Killed.Count(seen => seen.WasKilled)} kills, "
            + $"{Killed.Count(seen => seen.Broken.Count > 0)} with a broken promise, {Killed.Count(seen => seen.ToldTwice.Count > 0)} with "
            + $"an event told twice; undisturbed {Undisturbed.Took.TotalSeconds:0.0} s, "
            + $"at worst {(Killed.MaxBy(seen => seen.Took) is { } worst ? Late(worst) : "nothing")}");

    /// <summary>A table in Markdown: how much later than undisturbed each call was over and cleared away.</summary>
    public string Table => string.Join('\n', [
        "| step | killed before it | killed after it |",
        "| --- | --- | --- |",
        .. Undisturbed.Requests
            .Where(IsChosen)
            .Select(steps => $"| {string.Join(" + ", steps)} | {Cell(steps[0], Side.Before)} | {Cell(steps[0], Side.After)} |")]);

    private bool IsChosen(IReadOnlyList<GatewayStep> steps) => Killed.Any(seen => seen.Spot!.Step == steps[0]);

    private string Cell(GatewayStep step, Side side) => Killed.FirstOrDefault(seen => seen.Spot == new Spot(step, side)) switch
    {
        null or { WasKilled: false } => "not reached",
        { Broken.Count: > 0 } => "**broken**",
        var seen => string.Join(", ", [Late(seen), .. Remarks(seen)]),
    };

    private IEnumerable<string> Remarks(Seen seen)
    {
        if (seen.Cause != Undisturbed.Cause)
        {
            yield return $"ended as {seen.Cause}";
        }

        if (seen.Dispatches > 1)
        {
            yield return $"{seen.Dispatches} agents sent, one after the other";
        }

        if (seen.ToldTwice.Count > 0)
        {
            yield return $"told twice: {string.Join(" and ", seen.ToldTwice)}";
        }
    }

    private string Late(Seen seen) =>
        string.Create(CultureInfo.InvariantCulture, $"+{Math.Max(0, (seen.Took - Undisturbed.Took).TotalSeconds):0.0} s");
}
