using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access;

/// <summary>Lets in whoever brings the operator's key, and where none was sent whoever another check lets in.</summary>
/// <param name="key">Checks the key.</param>
/// <param name="token">Checks everything else.</param>
internal sealed class KeyOrTokenAccess(IAccessCheck key, IAccessCheck token) : IAccessCheck
{
    /// <inheritdoc/>
    public AccessOutcome CheckHead(GatewayRequest request) =>
        (request.Header(DiagnosticsAccess.HeaderName) is null ? token : key).CheckHead(request);
}
