namespace VoiceFunctions.Core.Http;

/// <summary>What a check of access came to.</summary>
/// <param name="Refusal">The answer to a request that is refused; <c>null</c> where it is let in.</param>
/// <param name="Credential">What the handler is given as <see cref="GatewayRequest.Credential"/>.</param>
public readonly record struct AccessOutcome(GatewayResponse? Refusal, object? Credential)
{
    /// <summary>Let in.</summary>
    public static AccessOutcome Admitted(object? credential = null) => new(null, credential);

    /// <summary>Kept out with an answer.</summary>
    public static AccessOutcome Refused(GatewayResponse answer) => new(answer, null);
}
