namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>One place in which a run leaves the ordinary course.</summary>
/// <param name="At">The step that was next.</param>
/// <param name="Take">What happens instead: a trouble of that step; <c>&gt; step</c> for another step that goes first; <c>early step</c>
/// for one that comes before its time.</param>
internal readonly record struct Deviation(string At, string Take)
{
    public const string Other = "> ";
    public const string Early = "early ";
    private const string Arrow = " => ";

    public bool IsSwitch => Take.StartsWith(Other, StringComparison.Ordinal) || Take.StartsWith(Early, StringComparison.Ordinal);

    /// <summary>Reads a script: deviations between semicolons, in the order in which they come.</summary>
    public static IReadOnlyList<Deviation> Script(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split(Arrow))
            .Select(sides => new Deviation(sides[0].Trim(), sides[1].Trim()))];

    public override string ToString() => $"{At}{Arrow}{Take}";
}
