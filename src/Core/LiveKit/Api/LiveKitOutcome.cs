namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>What became of one API call. What matters to the caller is whether it was done, and whether trying again makes sense.</summary>
public abstract record LiveKitOutcome<T>
{
    private LiveKitOutcome()
    {
    }

    /// <summary>Done; this is the answer.</summary>
    public sealed record Ok(T Value) : LiveKitOutcome<T>;

    /// <summary>The room, participant or dispatch does not exist (404 <c>not_found</c>). To whoever wanted it gone, that is success.</summary>
    public sealed record NotFound(LiveKitError Error) : LiveKitOutcome<T>;

    /// <summary>Certainly not done, and the same call will not work later either: bad arguments, bad key, missing grant, wrong host.</summary>
    public sealed record Refused(LiveKitError Error) : LiveKitOutcome<T>;

    /// <summary>Certainly not done, and the same call may work later: no connection, rate limit, or a read that got no good answer.</summary>
    /// <param name="Error">What LiveKit said; <c>null</c> where there was no answer.</param>
    public sealed record Unavailable(LiveKitError? Error) : LiveKitOutcome<T>;

    /// <summary>A writing call that may have been done or not: look before trying again. Reads never end like this.</summary>
    /// <param name="Error">What LiveKit said; <c>null</c> where there was no answer.</param>
    public sealed record Unknown(LiveKitError? Error) : LiveKitOutcome<T>;
}
