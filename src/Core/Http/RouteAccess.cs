namespace VoiceFunctions.Core.Http;

/// <summary>Who may call a route.</summary>
public enum RouteAccess
{
    /// <summary>Anyone; the answer tells nothing.</summary>
    Open,

    /// <summary>Only a sender whose signature over the raw request verifies.</summary>
    Signed,

    /// <summary>Only with a LiveKit access token of the project for the call's room.</summary>
    Token,

    /// <summary>Only with the operator's key.</summary>
    Keyed,
}
