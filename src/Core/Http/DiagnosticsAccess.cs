using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Core.Http;

/// <summary>
/// Who may read calls, on every host: requests with the operator's key. Without a key all are refused, unless every call is simulated.
/// </summary>
public sealed class DiagnosticsAccess
{
    /// <summary>The header that carries the key.</summary>
    public const string HeaderName = "X-Diagnostics-Key";

    private readonly byte[]? key;
    private readonly bool isOpen;

    private DiagnosticsAccess(byte[]? key, bool isOpen) => (this.key, this.isOpen) = (key, isOpen);

    /// <summary>Everybody: for calls that are all simulated.</summary>
    public static DiagnosticsAccess Open { get; } = new(null, isOpen: true);

    /// <summary>With the operator's key; <c>null</c> closes the routes.</summary>
    public static DiagnosticsAccess With(string? key) =>
        new(key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key)), isOpen: false);

    /// <summary>Lets requests in that may read.</summary>
    public AccessOutcome Check(GatewayRequest request) =>
        Allows(request) ? AccessOutcome.Admitted() : AccessOutcome.Refused(Problem.BadKey);

    private bool Allows(GatewayRequest request) =>
        isOpen || (key is not null
            && request.Header(HeaderName) is { } given
            && CryptographicOperations.FixedTimeEquals(key, SHA256.HashData(Encoding.UTF8.GetBytes(given))));
}
