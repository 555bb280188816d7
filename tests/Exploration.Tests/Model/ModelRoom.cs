using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>One session of a room.</summary>
/// <param name="listed">The room as LiveKit lists it.</param>
internal sealed class ModelRoom(LiveKitRoom listed)
{
    public LiveKitRoom Listed { get; } = listed;

    public string Name => Listed.Name;

    public string Sid => Listed.Sid;

    public List<ModelGuest> Inside { get; } = [];

    public List<ModelDispatch> Dispatches { get; } = [];

    /// <summary>Rings when the room has been without people for too long.</summary>
    public Alarm? Closing { get; set; }

    /// <summary>The agents that a dispatch brought, but nobody's helpers.</summary>
    public IEnumerable<ModelGuest> Agents => Inside.Where(guest => guest.Kind == GuestKind.Agent);

    /// <summary>Whom the call is about: a phone that we called is one from its answer on.</summary>
    public IEnumerable<ModelGuest> Callers =>
        Inside.Where(guest => guest.Kind == GuestKind.Caller || guest is { Kind: GuestKind.Callee, HasAnswered: true });

    public IEnumerable<ModelGuest> Humans => Inside.Where(guest => guest.Kind == GuestKind.Human);

    public bool HasPeople => Inside.Any(guest => !guest.IsMachine);

    public ulong Print()
    {
        var print = Fingerprint.Of(Sid);
        foreach (var guest in Inside)
        {
            print += Fingerprint.Of(
                Fingerprint.Of(guest.Sid),
                (guest.HasAudio ? 1UL : 0) + (guest.HasAnswered ? 2UL : 0) + (guest.IsDead ? 4UL : 0) + (guest.IsMuted ? 8UL : 0),
                (ulong)guest.JoinedAtMs);
        }

        foreach (var dispatch in Dispatches)
        {
            print += Fingerprint.Of(Fingerprint.Of(dispatch.Listed.Id), Fingerprint.Of(dispatch.At));
        }

        return print;
    }
}

/// <summary>A dispatch as LiveKit lists it, and when it was made.</summary>
internal sealed record ModelDispatch(LiveKitDispatch Listed, DateTimeOffset At);
