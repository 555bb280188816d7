namespace VoiceFunctions.Simulator.GroundTruth;

/// <summary>What really became of somebody in a room who is neither the caller nor an agent of the gateway's.</summary>
/// <param name="Identity">Their participant's identity.</param>
/// <param name="Part">What they are.</param>
/// <param name="JoinedAt">When they came.</param>
public sealed record PresenceTruth(string Identity, TruePart Part, DateTimeOffset JoinedAt)
{
    /// <summary>When they could first be heard; <c>null</c> where they never could.</summary>
    public DateTimeOffset? HeardAt { get; internal set; }

    /// <summary>When the server saw them leave; <c>null</c> while it lists them.</summary>
    public DateTimeOffset? LeftAt { get; internal set; }

    /// <summary>When the API was told to put them out, who were nobody's to put out; <c>null</c> where it was not.</summary>
    public DateTimeOffset? PutOutAt { get; internal set; }
}
