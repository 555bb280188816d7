using VoiceFunctions.Core.Twilio;

namespace VoiceFunctions.Core.Routing;

/// <summary>What a caller gets where no agent could be reached. There is always something: never silence.</summary>
public abstract record RouteFallback
{
    private RouteFallback()
    {
    }

    /// <summary>A human is called.</summary>
    public sealed record Human(PhoneNumber Number) : RouteFallback;

    /// <summary>A sentence is spoken, then the call ends.</summary>
    public sealed record Message(string Text) : RouteFallback;
}
