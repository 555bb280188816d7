using System.Text.Json;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>What a call changes. It decides what a failed call may have done.</summary>
internal enum TwirpEffect
{
    /// <summary>It changes nothing.</summary>
    Read,

    /// <summary>It deletes something; a repetition changes nothing more.</summary>
    Delete,

    /// <summary>It creates something; a repetition may create a second one.</summary>
    Create,
}

/// <summary>One call of LiveKit's API.</summary>
/// <param name="Method">Service and method, such as <c>RoomService/ListRooms</c>.</param>
/// <param name="Effect">What it changes.</param>
/// <param name="Grants">The grants of its token, and no others.</param>
/// <param name="Body">The request's JSON.</param>
/// <param name="Read">Reads the value of a successful answer; <c>null</c> if the answer is not in LiveKit's format.</param>
internal sealed record TwirpCall<T>(string Method, TwirpEffect Effect, LiveKitGrants Grants, byte[] Body, Func<JsonElement, T?> Read)
    where T : class
{
    /// <summary>The value of <c>X-Livekit-Request-Id</c>; <c>null</c> leaves the header out.</summary>
    public string? RequestId { get; init; }
}
