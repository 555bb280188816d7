namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>The outcome of one API call: whether it was done, and whether trying again makes sense.</summary>
public abstract record LiveKitOutcome<T>
{
    private LiveKitOutcome()
    {
    }

    /// <summary>The call was done.</summary>
    public sealed record Ok(T Value) : LiveKitOutcome<T>;

    /// <summary>The room, participant or dispatch does not exist (404 <c>not_found</c>). For a deletion, this is a success.</summary>
    public sealed record NotFound(LiveKitError Error) : LiveKitOutcome<T>;

    /// <summary>Not done, and a retry will fail too: bad arguments, bad key, missing grant, wrong host.</summary>
    public sealed record Refused(LiveKitError Error) : LiveKitOutcome<T>;

    /// <summary>Not done, but a retry can succeed: no connection, rate limit, or a read without a usable answer.</summary>
    /// <param name="Error">LiveKit's error; <c>null</c> without an answer.</param>
    public sealed record Unavailable(LiveKitError? Error) : LiveKitOutcome<T>;

    /// <summary>A write that may or may not have been done: read the state before trying again. Reads never have this outcome.</summary>
    /// <param name="Error">LiveKit's error; <c>null</c> without an answer.</param>
    public sealed record Unknown(LiveKitError? Error) : LiveKitOutcome<T>;
}
