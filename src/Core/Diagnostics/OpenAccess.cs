using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>Lets everybody in.</summary>
internal sealed class OpenAccess : IAccessCheck
{
    /// <inheritdoc/>
    public AccessOutcome CheckHead(GatewayRequest request) => AccessOutcome.Admitted();
}
