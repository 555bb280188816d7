namespace VoiceFunctions.Chaos.Verdict;

/// <summary>A promise that was not kept.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Call">The call it was broken to, as it can be found again; empty where it was no call's.</param>
/// <param name="Words">What happened.</param>
internal sealed record Defect(DefectKind Kind, string Call, string Words);

/// <summary>The promises, by what happens where they are broken.</summary>
internal enum DefectKind
{
    DuplicateAgents,
    MissingAgents,
    MissingEnds,
    DuplicateEnds,
    GhostRooms,
    RegressedStates,
    UnprovenHistories,
    BrokenLimits,
    BrokenEvents,
    BrokenTools,
    RepeatedWarnings,
    AcceptedForgeries,
    RefusedAuthentics,
}
