using System.Text.Json;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>What a call changes, and so what its failure leaves behind.</summary>
internal enum TwirpEffect
{
    /// <summary>Nothing.</summary>
    Read,

    /// <summary>It takes something away; doing it twice is doing it once.</summary>
    Delete,

    /// <summary>It makes something; doing it twice may make two.</summary>
    Create,
}

/// <summary>One call of LiveKit's API.</summary>
/// <param name="Method">Service and method, such as <c>RoomService/ListRooms</c>.</param>
/// <param name="Effect">What it changes.</param>
/// <param name="Grants">What its token has to allow; no more.</param>
/// <param name="Body">The request's JSON.</param>
/// <param name="Read">Makes the value of a good answer; <c>null</c> where it is not what LiveKit answers.</param>
internal sealed record TwirpCall<T>(string Method, TwirpEffect Effect, LiveKitGrants Grants, byte[] Body, Func<JsonElement, T?> Read)
    where T : class
{
    /// <summary>The value of <c>X-Livekit-Request-Id</c>; <c>null</c> leaves the header out.</summary>
    public string? RequestId { get; init; }
}
