using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Sessions;

/// <summary>What <c>POST /call/start</c> is asked. Unknown fields are passed over.</summary>
/// <param name="TenantId">The tenant; the access token's where it is left out.</param>
/// <param name="UserId">The asker's word for the person who joins.</param>
/// <param name="Language">The language, such as <c>ar</c>; <c>auto</c> where it is left out.</param>
/// <param name="VoiceId">The agent's voice; the route's where it is left out.</param>
/// <param name="Metadata">An object for the agent.</param>
internal sealed record CallStartRequest(string? TenantId, string? UserId, string? Language, string? VoiceId, JsonElement? Metadata);

/// <summary>What <c>POST /call/start</c> answers.</summary>
/// <param name="CallId">The call.</param>
/// <param name="SessionToken">The LiveKit token with which the caller joins.</param>
/// <param name="WsUrl">Where LiveKit's client connects.</param>
/// <param name="Status">A word of <see cref="SessionWords"/>.</param>
internal sealed record CallStartAnswer(string CallId, string SessionToken, string WsUrl, string Status);

/// <summary>How a call stands, for its client. Holds personal data.</summary>
internal sealed record CallStateAnswer(string CallId, string Status, string Room)
{
    public string? TenantId { get; init; }

    public string? UserId { get; init; }

    public string? Language { get; init; }

    public string? VoiceId { get; init; }

    public JsonElement? Metadata { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? JoinedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndCause { get; init; }

    public double? DurationSeconds { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallStartRequest))]
[JsonSerializable(typeof(CallStartAnswer))]
[JsonSerializable(typeof(CallStateAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class SessionJson : JsonSerializerContext;

/// <summary>What <c>POST /session</c> is asked. Unknown fields are passed over.</summary>
/// <param name="RoomName">The asker's name for the session: under one name there is one call. <c>null</c> for a call each time.</param>
/// <param name="AgentConfig">What of the route's agent is otherwise, with the fields of an agent in the routes.</param>
/// <param name="UserId">The asker's word for the person who joins.</param>
internal sealed record SessionRequest(string? RoomName, JsonElement? AgentConfig, string? UserId);

/// <summary>What <c>POST /session</c> answers.</summary>
/// <param name="CallId">The call.</param>
/// <param name="RoomName">The LiveKit room.</param>
/// <param name="Token">The LiveKit token with which the user joins.</param>
/// <param name="Url">Where LiveKit's client connects.</param>
/// <param name="Status">A word of <see cref="SessionWords"/>.</param>
internal sealed record SessionAnswer(string CallId, string RoomName, string Token, string Url, string Status);

/// <summary>What <c>POST /session/end</c> is asked.</summary>
/// <param name="RoomName">The name under which the session began, or its LiveKit room.</param>
internal sealed record SessionEndRequest(string? RoomName);

/// <summary>What <c>POST /session/end</c> answers.</summary>
internal sealed record SessionEndAnswer(string CallId, string RoomName, string Status);

/// <summary>What <c>POST /calls/{callId}/tokens</c> is asked.</summary>
/// <param name="Role">human, listener or bot.</param>
internal sealed record CallTokenRequest(string? Role);

/// <summary>What <c>POST /calls/{callId}/tokens</c> answers.</summary>
internal sealed record CallTokenAnswer(string Identity, string Room, string Token, string Url, DateTimeOffset ExpiresAt);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(SessionEndRequest))]
[JsonSerializable(typeof(SessionEndAnswer))]
[JsonSerializable(typeof(CallTokenRequest))]
[JsonSerializable(typeof(CallTokenAnswer))]
internal sealed partial class SessionWebJson : JsonSerializerContext;
