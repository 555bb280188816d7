using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Two writes swapped: the agent's dispatch is written down as done, and then made.</summary>
internal static class SettlesFirst
{
    public static HostPorts Plant(HostPorts ports)
    {
        var liveKit = new Promising(ports.LiveKit);
        return ports with { Journal = new Settling(ports.Journal, liveKit), LiveKit = liveKit };
    }

    private sealed class Promising(ILiveKitApi inner) : DelegatingLiveKit(inner)
    {
        private LiveKitDispatchRequest? promised;

        public override Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(
            LiveKitDispatchRequest request, CancellationToken cancellationToken)
        {
            promised = request;
            return Task.FromResult<LiveKitOutcome<LiveKitDispatch>>(
                new LiveKitOutcome<LiveKitDispatch>.Ok(new LiveKitDispatch { Id = "AD_soon" }));
        }

        public async Task KeepAsync()
        {
            if (promised is { } request)
            {
                promised = null;
                await Inner.CreateDispatchAsync(request, CancellationToken.None);
            }
        }
    }

    private sealed class Settling(ICallJournal inner, Promising liveKit) : DelegatingJournal(inner)
    {
        public override async ValueTask<StepOutcome> CommitAsync(
            CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
        {
            var outcome = await Inner.CommitAsync(callId, version, change, cancellationToken);
            await liveKit.KeepAsync();
            return outcome;
        }
    }
}
