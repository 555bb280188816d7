namespace VoiceFunctions.Core.LiveKit.Api.Sip;

/// <summary>An inbound SIP trunk as LiveKit lists it. Printing it shows only its id.</summary>
public sealed record LiveKitInboundTrunk
{
    /// <summary>The trunk's id (<c>ST_…</c>).</summary>
    public string Id { get; init; } = "";

    /// <summary>The called numbers that it takes; none means every called user, also one that is no number.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>The addresses from which it takes calls; none means every address.</summary>
    public IReadOnlyList<string> AllowedAddresses { get; init; } = [];

    /// <summary>The callers whom it takes; none means every caller.</summary>
    public IReadOnlyList<string> AllowedNumbers { get; init; } = [];

    /// <summary>The user name that a call must prove; empty for none.</summary>
    public string Username { get; init; } = "";

    /// <summary>The password that goes with it; empty for none, and where LiveKit does not tell it. Secret.</summary>
    public string Password { get; init; } = "";

    /// <summary>Which headers become attributes, such as <c>SIP_X_HEADERS</c>.</summary>
    public string IncludeHeaders { get; init; } = "SIP_NO_HEADERS";

    /// <summary>Whether it takes every called user.</summary>
    public bool TakesEveryUser => Numbers.Count == 0;

    /// <inheritdoc/>
    public override string ToString() => Id;
}
