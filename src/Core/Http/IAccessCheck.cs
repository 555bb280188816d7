namespace VoiceFunctions.Core.Http;

/// <summary>
/// Checks whether the sender of a request may call its route. One for each kind of <see cref="RouteAccess"/>. The router asks about the
/// head before it reads anything of the body, so that whoever is refused by it costs no memory, and about the body afterwards.
/// </summary>
public interface IAccessCheck
{
    /// <summary>Checks target and headers. <see cref="GatewayRequest.Body"/> may not be read yet.</summary>
    AccessOutcome CheckHead(GatewayRequest request);

    /// <summary>The same, where something may have to be asked of others.</summary>
    ValueTask<AccessOutcome> CheckHeadAsync(GatewayRequest request, CancellationToken cancellationToken) => new(CheckHead(request));

    /// <summary>
    /// Checks a request whose head was let in, with its body. <see cref="GatewayRequest.Credential"/> is what the check of the head found,
    /// and what this check finds takes its place.
    /// </summary>
    AccessOutcome CheckBody(GatewayRequest request) => AccessOutcome.Admitted(request.Credential);
}
