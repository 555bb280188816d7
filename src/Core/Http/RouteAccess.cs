namespace VoiceFunctions.Core.Http;

/// <summary>Who may call a route. The router lets nobody else in.</summary>
public enum RouteAccess
{
    /// <summary>Anyone; the answer holds nothing that is secret or personal.</summary>
    Open,

    /// <summary>Only Twilio: its signature over the raw request verifies.</summary>
    Twilio,

    /// <summary>Only LiveKit's server: its signature over the raw body verifies.</summary>
    LiveKit,

    /// <summary>Only with a LiveKit access token of the project; the handler checks that it is for the call's room.</summary>
    Token,

    /// <summary>Only with the operator's key.</summary>
    Keyed,

    /// <summary>Only with an access token of the API.</summary>
    Api,

    /// <summary>With an access token of the API, or with the operator's key.</summary>
    ApiOrKey,

    /// <summary>With an access token of the API, or with a LiveKit access token of the project: an agent's.</summary>
    ApiOrToken,

    /// <summary>With either of these, or with the operator's key.</summary>
    ApiOrTokenOrKey,

    /// <summary>With the operator's key, or anybody where the settings say that metrics are open.</summary>
    Metrics,
}
