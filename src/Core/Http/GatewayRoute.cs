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

/// <summary>One route of the gateway. A host maps every one of <see cref="GatewayRoutes.All"/> and nothing else.</summary>
/// <param name="Name">The stable name, also the name of the Azure Function.</param>
/// <param name="Method">The one HTTP method that the route answers; any other gets 405.</param>
/// <param name="Template">The path without the leading slash; <c>{name}</c> marks a parameter.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="MaxBodyBytes">The largest body in bytes that the route reads; a larger one gets 413.</param>
public sealed record GatewayRoute(string Name, string Method, string Template, RouteAccess Access, int MaxBodyBytes);
