using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>
/// A room at LiveKit that is nobody's call: its name has not our prefix, so the gateway does nothing about it. It is deleted in the end,
/// whatever happens; where even that fails, LiveKit closes it by itself within half a minute, because nobody is in it but agents.
/// </summary>
internal sealed class ThrowAwayRoom(DoctorVisit visit) : IAsyncDisposable
{
    private static readonly TimeSpan EmptyFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CleanUp = TimeSpan.FromSeconds(10);

    private bool mayBeThere;

    /// <summary>Its name.</summary>
    public string Name { get; } = visit.NewRoomName();

    /// <summary>Opens it.</summary>
    public Task<LiveKitOutcome<LiveKitRoom>> OpenAsync(CancellationToken cancellationToken)
    {
        mayBeThere = true;
        return visit.LiveKit.CreateRoomAsync(
            new LiveKitRoomRequest(Name) { EmptyTimeout = EmptyFor, DepartureTimeout = TimeSpan.FromSeconds(1) }, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!mayBeThere)
        {
            return;
        }

        // Whoever stopped doctor did not want the room to stay.
        using var limit = new CancellationTokenSource(CleanUp, visit.Time);
        try
        {
            await visit.LiveKit.DeleteRoomAsync(Name, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // LiveKit closes it by itself.
        }
    }
}
