namespace VoiceFunctions.Simulator.LiveKit.People;

/// <summary>Somebody who comes into a room with a token that an application gave them; by default a guest in a browser who talks.</summary>
/// <param name="Identity">Their identity in the room.</param>
public sealed record Visitor(string Identity)
{
    /// <summary>How long after joining their audio is there; <c>null</c> for a guest who only listens. Default 300 ms.</summary>
    public TimeSpan? SpeaksAfter { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long after joining they leave; <c>null</c> for as long as the room lives.</summary>
    public TimeSpan? Leaves { get; init; }

    /// <summary>Whether the others do not see them, as those of a token with the grant <c>hidden</c>.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether it is an agent, as the token says.</summary>
    public bool IsAgent { get; init; }

    /// <summary>Whether they come from a phone or messenger over a connector.</summary>
    public bool IsOverConnector { get; init; }

    /// <summary>Whose phone or browser it is, for the truth about the room; LiveKit does not know it.</summary>
    public string? Owner { get; init; }

    /// <summary>The attributes of their token.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
