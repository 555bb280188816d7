namespace VoiceFunctions.Core.Telemetry;

/// <summary>Gives what this process has measured, for a scraper; hosts that export their metrics have none.</summary>
public interface IMetricsText
{
    /// <summary>The metrics as they stand.</summary>
    /// <param name="accept">The scraper's Accept header; <c>null</c> where it sent none.</param>
    /// <param name="cancellationToken">The scraper is gone.</param>
    /// <returns>The text and its media type.</returns>
    ValueTask<(string ContentType, ReadOnlyMemory<byte> Text)> ReadAsync(string? accept, CancellationToken cancellationToken);
}
