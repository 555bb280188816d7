namespace VoiceFunctions.Core.Http;

/// <summary>Checks whether the sender of a request may call its route. One for each kind of <see cref="RouteAccess"/>.</summary>
public delegate AccessOutcome AccessCheck(GatewayRequest request);
