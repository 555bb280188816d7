using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.Chaos.Calls;

/// <summary>One call as it is meant to go, before anything goes wrong.</summary>
/// <param name="Number">Which one it is, from 1.</param>
/// <param name="At">When it arrives, from the beginning of the run.</param>
/// <param name="Plot">What it is about, in a word or two.</param>
/// <param name="ViaTwilio">Whether it comes over Twilio; otherwise over a SIP trunk, or from a browser.</param>
/// <param name="Caller">Who rings up; everybody has a number of their own.</param>
/// <param name="Agents">What the agents of its room do.</param>
/// <param name="Aborts">Whether the phone's connection breaks off while it joins.</param>
internal sealed record CallPlan(int Number, TimeSpan At, string Plot, bool ViaTwilio, Caller Caller, AgentScript Agents, bool Aborts)
{
    /// <summary>Whether it is begun over the API, and its caller joins with a token.</summary>
    public bool FromBrowser { get; init; }

    /// <summary>Whether a tenant asks for it: then the gateway calls the phone, which is answered, and its agents are good.</summary>
    public bool IsAskedFor { get; init; }

    /// <summary>How long after its arrival an operator ends it over the API; <c>null</c> for never.</summary>
    public TimeSpan? EndedAfter { get; init; }

    /// <summary>How it comes, in words.</summary>
    public string Way => IsAskedFor ? "to a phone" : ViaTwilio ? "over Twilio" : FromBrowser ? "from a browser" : "over a trunk";
}
