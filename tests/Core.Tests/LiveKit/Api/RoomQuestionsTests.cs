using Microsoft.Extensions.Time.Testing;
using Outcome = VoiceFunctions.Core.LiveKit.Api.LiveKitOutcome<
    System.Collections.Generic.IReadOnlyList<VoiceFunctions.Core.LiveKit.LiveKitRoom>>;

namespace VoiceFunctions.Core.LiveKit.Api;

public sealed class RoomQuestionsTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);

    private readonly FakeTimeProvider clock = new();
    private readonly List<(IReadOnlyList<string> Names, TaskCompletionSource<Outcome> Answer)> asked = [];
    private readonly RoomQuestions questions;

    public RoomQuestionsTests() => questions = new RoomQuestions(
        (names, _) =>
        {
            var answer = new TaskCompletionSource<Outcome>();
            asked.Add((names, answer));
            return answer.Task;
        },
        clock,
        Deadline);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_who_ask_at_once_share_requests_and_each_hears_of_their_own_room()
    {
        var all = Ask(RoomQuestions.AtOnce + RoomQuestions.AtMost + 1);

        Assert.Equal(RoomQuestions.AtOnce, asked.Count);
        for (var request = 0; request < asked.Count; request++)
        {
            asked[request].Answer.SetResult(RoomsOf(asked[request].Names));
        }

        var heard = await Task.WhenAll(all);
        Assert.Equal(
            [.. Enumerable.Repeat(1, RoomQuestions.AtOnce), RoomQuestions.AtMost, 1], asked.Select(request => request.Names.Count));
        Assert.Equal(Enumerable.Range(0, all.Length).Select(NameOf), heard.Select(answer => Assert.Single(Rooms(answer)).Name));
    }

    [Fact]
    public async Task A_room_that_is_not_there_is_an_empty_list_beside_others_that_are()
    {
        var all = Ask(RoomQuestions.AtOnce + 2);

        asked[0].Answer.SetResult(RoomsOf([]));
        asked[^1].Answer.SetResult(RoomsOf([NameOf(RoomQuestions.AtOnce)]));

        Assert.Single(Rooms(await all[^2]));
        Assert.Empty(Rooms(await all[^1]));
    }

    [Fact]
    public async Task Whoever_gives_up_takes_no_answer_from_the_others()
    {
        using var impatient = new CancellationTokenSource();
        Ask(RoomQuestions.AtOnce);
        var gone = questions.AskAsync("gone", impatient.Token);
        var waits = questions.AskAsync("waits", Stop);

        await impatient.CancelAsync();
        asked[0].Answer.SetResult(RoomsOf([]));
        asked[^1].Answer.SetResult(RoomsOf(asked[^1].Names));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Single(Rooms(await waits));
    }

    [Fact]
    public async Task Whoever_waits_for_too_long_is_told_that_LiveKit_is_unavailable()
    {
        Ask(RoomQuestions.AtOnce);
        var waits = questions.AskAsync("waits", Stop);

        clock.Advance(Deadline);

        Assert.IsType<Outcome.Unavailable>(await waits);
    }

    [Fact]
    public async Task A_request_that_fails_fails_for_those_who_waited_for_it_alone()
    {
        var first = Ask(RoomQuestions.AtOnce + 1);
        asked[0].Answer.SetException(new InvalidOperationException("The first one."));
        var later = questions.AskAsync("later", Stop);

        asked[^1].Answer.SetException(new InvalidOperationException("Theirs."));
        asked[^1].Answer.SetResult(RoomsOf(["later"]));

        await Assert.ThrowsAsync<InvalidOperationException>(() => first[0]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => first[^1]);
        Assert.Single(Rooms(await later));
    }

    private static string NameOf(int number) => $"call_{number}";

    private static Outcome RoomsOf(IEnumerable<string> names) =>
        new Outcome.Ok([.. names.Select(name => new LiveKitRoom { Name = name, Sid = "RM_1" })]);

    private static IReadOnlyList<LiveKitRoom> Rooms(Outcome answer) =>
        Assert.IsType<Outcome.Ok>(answer).Value;

    private Task<Outcome>[] Ask(int times) =>
        [.. Enumerable.Range(0, times).Select(number => questions.AskAsync(NameOf(number), Stop))];
}
