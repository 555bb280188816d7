using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls.Policy;

/// <summary>What is next for a call.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "next")]
[JsonDerivedType(typeof(Do), "do")]
[JsonDerivedType(typeof(WaitUntil), "wait")]
[JsonDerivedType(typeof(Done), "done")]
public abstract record CallDecision
{
    private CallDecision()
    {
    }

    /// <summary>Do this now.</summary>
    public sealed record Do(CallEffect Effect) : CallDecision;

    /// <summary>Nothing to do before that time unless an event comes.</summary>
    public sealed record WaitUntil(DateTimeOffset Time) : CallDecision;

    /// <summary>Nothing more to do, ever, unless an event comes.</summary>
    public sealed record Done : CallDecision;
}
