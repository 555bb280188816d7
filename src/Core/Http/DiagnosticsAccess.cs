using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Http;

/// <summary>
/// Who may read calls, on every host: requests with the operator's key. Without a key in the settings nobody may. Each refusal is counted,
/// and logged at most once a minute with how many there were, so that guessing fills no log.
/// </summary>
public sealed partial class DiagnosticsAccess : IAccessCheck
{
    /// <summary>The header that carries the key.</summary>
    public const string HeaderName = "X-Diagnostics-Key";

    private static readonly TimeSpan LogEvery = TimeSpan.FromMinutes(1);

    private readonly byte[]? key;
    private readonly RareLines lines;
    private readonly ILogger<DiagnosticsAccess> logger;

    /// <param name="key">The operator's key; <c>null</c> closes the routes.</param>
    /// <param name="timeProvider">Tells when the next line may be logged.</param>
    /// <param name="logger">Gets the refusals, without what was sent.</param>
    public DiagnosticsAccess(string? key, TimeProvider timeProvider, ILogger<DiagnosticsAccess> logger)
    {
        this.key = key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key));
        lines = new RareLines(LogEvery, timeProvider);
        this.logger = logger;
    }

    /// <inheritdoc/>
    public AccessOutcome CheckHead(GatewayRequest request)
    {
        if (key is null)
        {
            return Refused("no_key_set", Problem.DiagnosticsClosed);
        }

        if (request.Header(HeaderName) is not { Length: > 0 } given)
        {
            return Refused("missing", Problem.BadKey);
        }

        return CryptographicOperations.FixedTimeEquals(key, SHA256.HashData(Encoding.UTF8.GetBytes(given)))
            ? AccessOutcome.Admitted()
            : Refused("wrong", Problem.BadKey);
    }

    private AccessOutcome Refused(string reason, GatewayResponse answer)
    {
        GatewayMeter.DiagnosticsRefused.Add(1, new KeyValuePair<string, object?>("reason", reason));
        if (lines.Take() is { } count)
        {
            LogRefused(count, reason);
        }

        return AccessOutcome.Refused(answer);
    }

    [LoggerMessage(
        1004, LogLevel.Warning, "Requests for diagnostics were refused, {Count} since the last such line; the last one's key: {Reason}")]
    private partial void LogRefused(int count, string reason);
}
