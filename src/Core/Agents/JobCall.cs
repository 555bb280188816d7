using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Agents;

/// <summary>What an agent's job is told of its call, so that it need not ask. Holds personal data.</summary>
/// <param name="Direction">Which way the call goes.</param>
/// <param name="Caller">Who called, in E.164 or as the address was given; <c>null</c> where it was withheld or is not known.</param>
/// <param name="Called">Who was called, in E.164 or as the address was given; <c>null</c> where it is not known.</param>
/// <param name="Route">The name of the route.</param>
public sealed record JobCall(CallDirection Direction, string? Caller, string? Called, string Route)
{
    /// <summary>What was asked for with the call, a JSON object as text; <c>null</c> where nothing was.</summary>
    public string? Metadata { get; init; }
}
