using System.Collections.Concurrent;
using System.Text;
using VoiceFunctions.Bench.Load.Driving;
using VoiceFunctions.Bench.Load.LiveKit;
using VoiceFunctions.Bench.Load.Traffic;
using VoiceFunctions.Bench.Load.Wire;

namespace VoiceFunctions.Bench.Tests;

/// <summary>What is counted, and what makes it count.</summary>
public sealed class MeasuringTests
{
    private static readonly Shot Voice = new(0, Step.Voice, TimeSpan.Zero, default);
    private static readonly Shot Joined = Voice with { Step = Step.CallerJoined };

    [Fact]
    public void Percentiles_are_those_of_what_was_counted()
    {
        var tally = new Tally();
        for (var milliseconds = 1; milliseconds <= 1_000; milliseconds++)
        {
            tally.Count(Joined, new Reply(200, false), TimeSpan.FromMilliseconds(milliseconds), true);
        }

        Assert.InRange(tally.Percentile(50), 500, 505);
        Assert.InRange(tally.Percentile(99), 990, 999);
        Assert.InRange(tally.Percentile(100), 1_000, 1_010);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_meanwhile_is_made_anew_and_no_request_is_lost()
    {
        var answer = TinyServer.Response("200 OK", "text/plain", "");
        var first = new TinyServer((_, _) => ValueTask.FromResult(answer));
        using var second = new TinyServer((_, _) => ValueTask.FromResult(answer));
        var port = first.Port;
        using var connection = new Connection(() => port, idle: TimeSpan.Zero);
        var request = Encoding.UTF8.GetBytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(200, (await connection.SendAsync(request)).Status);

        first.Dispose();
        port = second.Port;

        Assert.Equal(200, (await connection.SendAsync(request)).Status);
    }

    [Fact]
    public void A_voice_webhook_is_correct_only_with_a_dial_and_a_forged_one_only_if_it_is_refused()
    {
        var tally = new Tally();
        tally.Count(Voice, new Reply(200, HasDial: true), TimeSpan.Zero, true);
        tally.Count(Voice, new Reply(200, HasDial: false), TimeSpan.Zero, true);
        tally.Count(Voice with { IsForged = true }, new Reply(403, false), TimeSpan.Zero, true);
        tally.Count(Voice with { IsForged = true }, new Reply(200, HasDial: true), TimeSpan.Zero, true);
        tally.Count(Joined, new Reply(500, false), TimeSpan.Zero, isLastTry: false);
        tally.Count(Joined, default, TimeSpan.Zero, isLastTry: true);

        Assert.Equal((2, 1, 2), (tally.Correct, tally.ForgedAccepted, tally.ValidRefused));
        Assert.Equal(5, tally.Answered);
    }

    [Fact]
    public void Calls_without_an_agent_with_two_and_with_a_room_left_are_defects()
    {
        var rooms = new RoomBook();
        Play(rooms, "good", dispatches: 1, isDeleted: true);
        Play(rooms, "none", dispatches: 0, isDeleted: true);
        Play(rooms, "two", dispatches: 2, isDeleted: true);
        Play(rooms, "left", dispatches: 1, isDeleted: false);

        var defects = Defects.OfLives(rooms, ["good", "none", "two", "left", "never"], new Tally());

        Assert.Equal(new Defects(5, 1, 1, 1, 1, 0, 0) { Correct = 1 }, defects);
        Assert.Equal(80_000, defects.Per100000(defects.All));
        Assert.Equal(2, rooms.Unfinished(["good", "none", "two", "left"]));
    }

    [Fact]
    public void A_room_that_opens_after_its_caller_was_to_join_is_a_late_dial_and_misses_no_agent()
    {
        var rooms = new RoomBook();
        var reality = new Reality(rooms, _ => "room");

        reality.Happens(Joined);
        reality.Dialled(Voice);
        reality.Happens(Voice with { Step = Step.RoomStarted });
        rooms.With("room", room => room.IsDeleted = true);

        Assert.Equal(new Defects(1, 1, 0, 0, 0, 0, 0), Defects.OfLives(rooms, ["room"], new Tally()));
        Assert.Equal(0, rooms.Unfinished(["room"]));
    }

    [Fact]
    public void A_caller_comes_only_after_a_dial_and_an_agent_only_after_a_dispatch()
    {
        var rooms = new RoomBook();
        var reality = new Reality(rooms, _ => "room");
        var agent = Voice with { Step = Step.AgentJoined };

        Assert.False(reality.Happens(Joined));
        reality.Dialled(Voice);
        Assert.True(reality.Happens(Joined));
        Assert.False(reality.Happens(agent));
        rooms.With("room", room => room.Dispatches = 1);
        Assert.True(reality.Happens(agent));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok", false)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", true)]
    public void An_answer_is_whole_when_its_body_is_there(string answer, bool isWhole) =>
        Assert.Equal(isWhole, HttpText.IsWhole(Encoding.ASCII.GetBytes(answer)));

    [Fact]
    public async Task The_open_loop_sends_a_request_at_its_time_although_the_one_before_has_no_answer()
    {
        var second = new TaskCompletionSource();
        var requests = 0;
        using var server = new TinyServer(async (_, _) =>
        {
            if (Interlocked.Increment(ref requests) == 1)
            {
                await second.Task;
            }

            second.TrySetResult();
            return TinyServer.Response("200 OK", "text/xml", "<Sip>");
        });
        using var driver = new Driver(() => server.Port, _ => true, _ => { });
        var request = Encoding.ASCII.GetBytes("POST /twilio/voice HTTP/1.1\r\nContent-Length: 0\r\n\r\n");

        await driver.OpenAsync([Voice with { Bytes = request }, Voice with { Bytes = request, At = TimeSpan.FromMilliseconds(20) }]);

        Assert.Equal(2, driver.Tally.Correct);
        Assert.InRange(driver.Tally.Percentile(100), 15, 120_000);
    }

    [Fact]
    public async Task A_call_that_is_played_by_one_connection_has_each_answer_before_its_next_request()
    {
        using var server = new TinyServer(async (_, _) =>
        {
            await Task.Yield();
            return TinyServer.Response("200 OK", "text/xml", "<Sip>");
        });
        var dialled = new ConcurrentDictionary<int, bool>();
        using var driver = new Driver(
            () => server.Port, shot => shot.Step == Step.Voice || dialled.ContainsKey(shot.Call), shot => dialled[shot.Call] = true);
        var request = Encoding.ASCII.GetBytes("POST /any HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
        var voices = Enumerable.Range(0, 50).Select(call => Voice with { Call = call, Bytes = request }).ToList();
        var joins = voices.Select(voice => voice with { Step = Step.CallerJoined, At = TimeSpan.FromMilliseconds(1) });

        await driver.SaturateCallsAsync([.. voices.Zip(joins).SelectMany(pair => (Shot[])[pair.First, pair.Second])], 8, TimeSpan.MaxValue);

        Assert.Equal(100, driver.Tally.Correct);
    }

    private static void Play(RoomBook rooms, string name, int dispatches, bool isDeleted) => rooms.With(name, room =>
    {
        (room.WasOpened, room.HadCaller, room.Dispatches, room.IsDeleted) = (true, true, dispatches, isDeleted);
        return true;
    });
}
