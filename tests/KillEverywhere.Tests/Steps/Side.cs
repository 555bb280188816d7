namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>On which side of a step a process is killed.</summary>
internal enum Side
{
    /// <summary>It has sent the request, and nobody gets it.</summary>
    Before,

    /// <summary>The request has had its effect, and the process never learns of it.</summary>
    After,
}
