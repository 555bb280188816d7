using System.Diagnostics.CodeAnalysis;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Reads the body of a webhook that has been verified.</summary>
public static class LiveKitWebhookParser
{
    /// <summary>
    /// Reads what can be read: unknown fields are passed over, unknown events and enum names kept as text, numbers taken as numbers or as text, and a field of an unexpected
    /// type reads as missing. False only where the body is no JSON object (or nests deeper than 1024 levels). Never throws.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out LiveKitWebhookEvent? webhookEvent) => throw new NotImplementedException();
}
