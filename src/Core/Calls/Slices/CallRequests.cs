using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Slices;

/// <summary>The slice of a call's state that holds who asked for it over the API: nothing for a call that came by phone.</summary>
public sealed record CallRequests
{
    /// <summary>Nobody asked.</summary>
    public static CallRequests None { get; } = new();

    /// <summary>The request that began the call.</summary>
    public CallEvent? First { get; private init; }

    /// <summary>What it asked for; <c>null</c> where nobody asked.</summary>
    public CallFact.CallRequested? Request => First?.Fact as CallFact.CallRequested;

    /// <summary>Whose the call is; <c>null</c> where nobody asked.</summary>
    public string? Tenant => Request?.Tenant;

    /// <summary>Whether a phone is to be called. Otherwise the caller joins by a token.</summary>
    public bool IsOutbound => Request?.To is not null;

    /// <summary>Whether somebody asked for it and joins by a token.</summary>
    public bool IsByToken => Request is { To: null };

    /// <summary>The requests after one more event.</summary>
    internal CallRequests Apply(CallEvent callEvent) =>
        callEvent.Fact is CallFact.CallRequested ? this with { First = CallEvent.Earlier(First, callEvent) } : this;
}
