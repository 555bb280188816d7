using System.Globalization;
using System.Text.Json.Nodes;
using VoiceFunctions.Simulator.Faults;

namespace VoiceFunctions.Simulator.Tests.Faults;

public sealed class FaultTests
{
    private const int Rooms = 60;

    [Fact]
    public async Task The_same_seed_gives_the_same_story_and_another_seed_another()
    {
        var first = await HistoryAsync(DeliveryFaults.Rough, 7);
        var again = await HistoryAsync(DeliveryFaults.Rough, 7);
        var other = await HistoryAsync(DeliveryFaults.Rough, 8);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task What_is_lost_never_arrives()
    {
        var arrived = await HistoryAsync(new() { Lose = 0.5 }, 1);

        Assert.InRange(arrived.Count, Rooms / 2, Rooms * 3 / 2);
        Assert.Equal(arrived.Count, arrived.Select(IdOf).Distinct().Count());
    }

    [Fact]
    public async Task What_is_doubled_arrives_twice_with_the_same_id()
    {
        var arrived = await HistoryAsync(new() { Duplicate = 1 }, 1);

        Assert.Equal(Rooms * 2 * 2, arrived.Count);
        Assert.All(arrived.GroupBy(IdOf), copies => Assert.Equal(2, copies.Count()));
    }

    [Fact]
    public async Task Copies_come_when_livekit_would_repeat_itself()
    {
        var arrived = await HistoryAsync(new() { Duplicate = 1, CopiesAfter = DeliveryFaults.LiveKitSchedule }, 1);

        var gaps = arrived.GroupBy(IdOf)
            .Select(copies => copies.Select(line => TimeSpan.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)).Order().ToList())
            .Select(at => at[1] - at[0]);
        Assert.Equal(DeliveryFaults.LiveKitSchedule, gaps.Distinct().Order());
    }

    [Fact]
    public async Task What_is_held_back_can_arrive_after_its_successor()
    {
        var arrived = await HistoryAsync(new() { Reorder = 0.5 }, 1);

        var overtaken =
            arrived.GroupBy(line => line.Split(' ')[3]).Count(room => room.First().Contains("room_finished", StringComparison.Ordinal));
        Assert.Equal(Rooms * 2, arrived.Count);
        Assert.InRange(overtaken, 5, Rooms);
    }

    [Fact]
    public void Streams_of_chance_do_not_disturb_each_other()
    {
        var quiet = new Chance(3);
        var busy = new Chance(3);
        for (var i = 0; i < 10; i++)
        {
            busy.Next("another purpose");
        }

        Assert.Equal(quiet.Id("RM_"), busy.Id("RM_"));
        Assert.Equal(quiet.Sid("CA"), busy.Sid("CA"));
    }

    private static string IdOf(string line) => line.Split(' ')[1];

    /// <summary>Opens and closes rooms; what arrives, and when.</summary>
    private static async Task<IReadOnlyList<string>> HistoryAsync(DeliveryFaults faults, int seed)
    {
        await using var simulation = await Simulation.StartAsync(new() { Seed = seed, Faults = faults });
        await simulation.RunAsync(async () =>
        {
            for (var room = 0; room < Rooms; room++)
            {
                await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = $"room-{room}" });
                await simulation.DelayAsync(5);
                await simulation.ApiAsync("RoomService/DeleteRoom", new() { ["room"] = $"room-{room}" });
            }

            await simulation.DelayAsync(60);
        });
        return
        [
            .. simulation.Gateway.Webhooks.Select(webhook =>
            {
                var body = JsonNode.Parse(webhook.Text)!;
                return $"{webhook.At} {body["id"]} {body["event"]} {body["room"]!["name"]}";
            }),
        ];
    }
}
