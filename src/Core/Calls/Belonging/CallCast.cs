using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>
/// Which part each leg of a call plays. The voice agent holds a lease of the call, carries the name that one of its dispatches asked for,
/// or has the settings' identity prefix. Only where none such ever came is it the first agent that was heard.
/// </summary>
public sealed record CallCast
{
    /// <summary>The jobs that were granted a lease.</summary>
    public required IReadOnlyCollection<string> LeaseHolders { get; init; }

    /// <summary>The names that the call's dispatches asked for.</summary>
    public required IReadOnlyCollection<string> AgentNames { get; init; }

    /// <summary>The names of the helpers that the call dispatched.</summary>
    public required IReadOnlyCollection<string> HelperNames { get; init; }

    /// <summary>
    /// Whether a dispatch of the call did not note its agent's name, as those of earlier versions: then every agent is a voice agent.
    /// </summary>
    public bool IsNameless { get; init; }

    /// <summary>The agent that is the voice agent because it was heard first; <c>null</c> where another is, or none was heard.</summary>
    public string? FirstHeardSid { get; init; }

    /// <summary>
    /// The cast with one more name that counts as the voice agent's, and the names of the helpers that the route is to send.
    /// </summary>
    public CallCast With(string agentName, IReadOnlyCollection<string> helpers) =>
        this with { AgentNames = [.. AgentNames, agentName], HelperNames = [.. HelperNames, .. helpers] };

    /// <summary>The part of a leg, whether the journal or LiveKit's list described it.</summary>
    public LegPart PartOf(Leg? leg) => leg switch
    {
        { Role: LegRole.Caller } => LegPart.Caller,
        { Role: LegRole.Agent, OnBehalfOf.Length: > 0 } => LegPart.Avatar,
        { Role: LegRole.Agent } => IsInvited(leg) || (leg.Sid == FirstHeardSid && !IsHelper(leg)) ? LegPart.VoiceAgent : LegPart.Helper,
        { Role: LegRole.Human or LegRole.DialledOut } or { Role: LegRole.Guest, IsHidden: false } => LegPart.Human,
        _ => LegPart.Nobody,
    };

    /// <summary>Whether a leg plays a part, or speaks as the avatar of one that does.</summary>
    public bool IsVoice(Leg leg, IEnumerable<Leg> all) => PartOf(leg) switch
    {
        LegPart.VoiceAgent => true,
        LegPart.Avatar => all.Any(other => other.Identity == leg.OnBehalfOf && PartOf(other) == LegPart.VoiceAgent),
        _ => false,
    };

    /// <summary>Whether an agent is the call's own by lease, name or identity, and not only because it was heard.</summary>
    internal bool IsInvited(Leg leg) =>
        leg.HasAgentPrefix
        || (leg.AgentName is { Length: > 0 } name && AgentNames.Contains(name))
        || (LeaseHolders.Count > 0 && HoldsLease(leg.Identity))
        || (IsNameless && !IsHelper(leg));

    private bool HoldsLease(string identity) => LeaseHolders.Any(job => LiveKitJob.IsIdentityOf(job, identity));

    /// <summary>Whether an agent carries the name of a helper that the call dispatched.</summary>
    internal bool IsHelper(Leg leg) => leg.AgentName is { Length: > 0 } name && HelperNames.Contains(name);
}
