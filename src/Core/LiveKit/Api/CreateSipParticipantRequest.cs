using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>The request in LiveKit's format: durations are seconds with an <c>s</c>, and fields that are not set are left out.</summary>
internal sealed record CreateSipParticipantRequest(
    string SipTrunkId,
    string SipCallTo,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SipNumber,
    string RoomName,
    string ParticipantIdentity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ParticipantName,
    bool PlayDialtone,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RingingTimeout,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MaxCallDuration,
    bool WaitUntilAnswered)
{
    public static CreateSipParticipantRequest Of(LiveKitSipParticipantRequest request) => new(
        request.SipTrunkId,
        request.CallTo,
        request.From,
        request.RoomName,
        request.ParticipantIdentity,
        request.ParticipantName,
        request.PlayDialtone,
        Duration(request.RingingTimeout),
        Duration(request.MaxCallDuration),
        WaitUntilAnswered: false);

    /// <summary>Rounded up to whole seconds, because 0 means LiveKit's default.</summary>
    internal static string? Duration(TimeSpan? time) =>
        time is { } span ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Ceiling(span.TotalSeconds)}s") : null;
}
