namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>Something that can happen now: a port's answer, a webhook's delivery, somebody's next move.</summary>
/// <param name="label">Its name, unlike every other's in the run, and the same in every run that gets there.</param>
/// <param name="mark">What it is, for telling states apart.</param>
/// <param name="strand">Whose step it is; <c>null</c> for the world's own.</param>
/// <param name="troubles">The ways in which it can go wrong.</param>
/// <param name="run">Does it, with one of the troubles or, for the empty name, without.</param>
internal sealed class Step(string label, ulong mark, Strand? strand, IReadOnlyList<string> troubles, Action<string> run)
{
    public string Label { get; } = label;

    public ulong Mark { get; } = mark;

    public Strand? Strand { get; } = strand;

    public IReadOnlyList<string> Troubles { get; } = troubles;

    /// <summary>Nothing else can make a difference before this step: no switch is tried there.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>It does not happen any more.</summary>
    public bool IsWithdrawn { get; set; }

    public void Run(string trouble) => run(trouble);
}
