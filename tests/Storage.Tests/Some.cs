using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Storage;

/// <summary>Values for tests that do not care which.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static CallId Call(int number = 1) => CallId.ForTwilio($"CA{number:D32}");

    public static CallEvent Event(string id, string? room = null) => EventAt(id, Noon, room);

    public static CallEvent EventAt(string id, DateTimeOffset at, string? room = null) =>
        new(id, at, new CallFact.RoomStarted()) { Room = room is null ? null : new RoomSession(room, "RM_1") };

    public static EffectClaim Claim(string key, ClaimStatus status = ClaimStatus.Intent, string owner = "me") =>
        new(key, status, owner, 1, Noon);

    public static CallDetailRecord Record(CallId callId) => new()
    {
        CallId = callId.Value,
        RoomName = new RoomNaming("call").NameOf(callId),
        Direction = CallDirection.Inbound,
        Status = CallStatus.Created,
        AgentDispatched = false,
        CreatedAt = Noon,
        UpdatedAt = Noon,
    };

    public static JournalChange Step(CallId callId, params EffectClaim[] claims) => new(claims, Record(callId));

    /// <summary>A host that lets each tenant make so many requests a minute.</summary>
    public static RequestLimiter Limiter(ILimitStore store, TimeProvider clock, int requests) => new(
        store,
        new TenantLimits(
            new TenantLimit { Requests = new RequestLimit(requests, TimeSpan.FromMinutes(1)) }, new Dictionary<string, TenantLimit>()),
        clock,
        NullLogger<RequestLimiter>.Instance);
}
