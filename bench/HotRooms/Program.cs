using VoiceFunctions.Bench.HotRooms;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Simulator.GroundTruth;

// What a room in which far too much happens costs the others, and itself. Two to five minutes.
//   dotnet run -c Release --project bench/HotRooms -- GATEWAY
// GATEWAY is VoiceFunctions.LocalHost.dll as a build left it under artifacts/bin/LocalHost/release: of this commit, or of another one.
const int Samples = 200;
if (args is not [var program] || !File.Exists(program))
{
    await Console.Error.WriteLineAsync("Give the path of VoiceFunctions.LocalHost.dll.");
    return 2;
}

using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
await using var stage = await Stage.StartAsync(Path.GetFullPath(program), patience.Token);
var flood = stage.Flood;

var (other, _) = await stage.CallAsync(TimeSpan.FromMinutes(20), patience.Token);
Tell("another call's webhook, alone", await MeasureAsync(other, Samples, patience.Token));

var (hot, _) = await stage.CallAsync(TimeSpan.FromMinutes(20), patience.Token);
var flooding = flood.SendManyAsync(Session(hot), "track_unpublished", 9_000, patience.Token);
Tell("another call's webhook, beside 9,000 of a hot room", await MeasureAsync(other, Samples, patience.Token));
await flooding;
Tell("the hot room's own webhook after them", await MeasureAsync(hot, Samples, patience.Token));
var (rows, characters) = await stage.StoredAsync(hot, patience.Token);
await Console.Out.WriteLineAsync($"{"the hot room's history",-55}{rows,8} rows {characters / 1024.0,10:F0} KB");

var (crowded, call) = await stage.CallAsync(TimeSpan.FromSeconds(90), patience.Token);
await flood.SendManyAsync(Session(crowded), "participant_joined", 3_000, patience.Token);
await call;
var gone = await stage.GoneAfterAsync(crowded, patience.Token);
await Console.Out.WriteLineAsync(
    $"{"a room with 3,000 guests, from hang-up to deletion",-55}{gone.TotalSeconds,8:F1} s, of which 1 s is its grace");
return 0;

// The median and the 95th percentile of some webhooks, one after the other.
async Task<(TimeSpan Median, TimeSpan P95)> MeasureAsync(RoomTruth room, int count, CancellationToken cancellationToken)
{
    var waits = new List<TimeSpan>();
    for (var i = 0; i < count; i++)
    {
        waits.Add(await flood.SendAsync(Session(room), "track_unpublished", "somebody", cancellationToken));
    }

    waits.Sort();
    return (waits[count / 2], waits[count * 95 / 100]);
}

static RoomSession Session(RoomTruth room) => new(room.Name, room.Sid);

static void Tell(string what, (TimeSpan Median, TimeSpan P95) waits) =>
    Console.WriteLine($"{what,-55}{waits.Median.TotalMilliseconds,8:F1} ms p50 {waits.P95.TotalMilliseconds,8:F1} ms p95");
