namespace VoiceFunctions.Core.Http;

/// <summary>One HTTP request as it came over the wire: nothing decoded, nothing normalised, because signatures cover the bytes.</summary>
/// <param name="Method">The HTTP method in upper case.</param>
/// <param name="RawTarget">Path and query exactly as received, beginning with <c>/</c>.</param>
/// <param name="Header">Looks a header up by its case-insensitive name; <c>null</c> where it is absent.</param>
/// <param name="Body">The raw body, at most the route's cap (<see cref="GatewayRoute.MaxBodyBytes"/>); empty until it is read.</param>
public sealed record GatewayRequest(string Method, string RawTarget, Func<string, string?> Header, ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// What the route's <see cref="IAccessCheck"/> found on its way, for the handler: Twilio's form, an agent's token; <c>null</c> before,
    /// and where there is nothing to give.
    /// </summary>
    public object? Credential { get; internal set; }

    /// <summary>The part of <see cref="RawTarget"/> before the first <c>?</c>, as received.</summary>
    public ReadOnlySpan<char> RawPath =>
        RawTarget.AsSpan(0, RawTarget.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? at : RawTarget.Length);

    /// <summary>The part of <see cref="RawTarget"/> after the first <c>?</c>, still escaped; empty where there is none.</summary>
    public ReadOnlySpan<char> RawQuery =>
        RawTarget.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? RawTarget.AsSpan(at + 1) : [];
}
