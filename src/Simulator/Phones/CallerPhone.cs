using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Phones;

/// <summary>A caller's phone during one call: hangs up when its owner has had enough, and notes what could be heard.</summary>
internal sealed class CallerPhone : IDisposable
{
    private readonly SimulationTime time;
    private readonly Caller caller;
    private readonly NetworkLog log;
    private readonly CancellationTokenSource over = new();
    private readonly TaskCompletionSource<bool> hungUp;
    private readonly List<Heard> heard = [];
    private readonly List<string> rooms = [];
    private bool isConnected;

    public CallerPhone(SimulationTime time, Caller caller, NetworkLog log)
    {
        this.time = time;
        this.caller = caller;
        this.log = log;
        hungUp = time.CreateCompletion<bool>();
        log.Tell("caller", $"{caller.From} dials {caller.To}");
        _ = time.Start(() => HangUpAfterAsync(caller.Patience, () => !isConnected));
    }

    public Task HungUp => hungUp.Task;

    public bool IsHungUp => hungUp.Task.IsCompleted;

    /// <summary>Somebody has answered: from now on the caller stays as long as they meant to.</summary>
    public void Connect()
    {
        if (!isConnected)
        {
            isConnected = true;
            _ = time.Start(() => HangUpAfterAsync(caller.Stays, () => true));
        }
    }

    /// <summary>Waits until something ends or the caller hangs up, and notes how long that was heard.</summary>
    public async Task HearAsync(Task until, Func<TimeSpan, Heard> what)
    {
        var from = time.Clock.GetUtcNow();
        await Task.WhenAny(until, HungUp);
        Note(what(time.Clock.GetUtcNow() - from));
    }

    public void Note(Heard next)
    {
        if (next.For == TimeSpan.Zero)
        {
            return;
        }

        if (heard.Count > 0 && next with { For = heard[^1].For } == heard[^1])
        {
            heard[^1] = heard[^1] with { For = heard[^1].For + next.For };
        }
        else
        {
            heard.Add(next);
        }
    }

    /// <summary>Notes what came over an answered leg: an agent, a human, the ringing tone, or nothing.</summary>
    public void NoteConversation(IReadOnlyList<Sound> sounds, DateTimeOffset from)
    {
        var now = time.Clock.GetUtcNow();
        foreach (var sound in sounds)
        {
            var begin = sound.From > from ? sound.From : from;
            var end = sound.Until ?? now;
            if (end > from)
            {
                Note(new Heard.Silence(begin - from));
                Note(sound.Voice switch
                {
                    Voice.Human => new Heard.Human(end - begin),
                    Voice.RingingTone => new Heard.Ringing(end - begin),
                    _ => new Heard.Agent(end - begin),
                });
                from = end;
            }
        }

        Note(new Heard.Silence(now - from));
    }

    public void NoteRoom(string? roomName)
    {
        if (roomName is not null)
        {
            rooms.Add(roomName);
        }
    }

    public CallerExperience Experience(CallEnd end, string? callSid) =>
        new([.. heard], IsHungUp ? CallEnd.CallerHungUp : end) { CallSid = callSid, Rooms = [.. rooms] };

    public void Dispose()
    {
        over.Cancel();
        over.Dispose();
    }

    private async Task HangUpAfterAsync(TimeSpan after, Func<bool> still)
    {
        await time.Delay(after, over.Token);
        if (still() && hungUp.TrySetResult(true))
        {
            log.Tell("caller", $"{caller.From} hangs up");
        }
    }
}
