using static VoiceFunctions.Core.LiveKit.Api.ScriptedHttp;

namespace VoiceFunctions.Core.LiveKit.Api;

public sealed class LiveKitApiDeadlineTests
{
    private static readonly HttpRequestException NoConnection = new(HttpRequestError.ConnectionError);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DeleteRoom", "Unknown")]
    [InlineData("RemoveParticipant", "Unknown")]
    [InlineData("DeleteDispatch", "Unknown")]
    [InlineData("CreateRoom", "Unknown")]
    [InlineData("CreateDispatch", "Unknown")]
    [InlineData("CreateSipParticipant", "Unknown")]
    public async Task A_silent_server_is_given_up_at_the_deadline_and_not_before(string call, string expected)
    {
        var server = new LiveKitApiHarness(Silence());

        var running = LiveKitApiHarness.OutcomeAsync(server.Api, call, Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(3999));
        Assert.False(running.IsCompleted);
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(expected, await running);
        Assert.Single(server.Http.Sent);
    }

    [Theory]
    [InlineData("ListRooms")]
    [InlineData("ListParticipants")]
    [InlineData("ListDispatch")]
    public async Task Silence_sends_a_read_a_second_time_after_half_a_second_and_never_a_third_time(string call)
    {
        var server = new LiveKitApiHarness(Silence(), Silence());

        var running = LiveKitApiHarness.OutcomeAsync(server.Api, call, Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Single(server.Http.Sent);
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await server.UntilSentAsync(2, Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(3499));
        Assert.False(running.IsCompleted);
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("Unavailable", await running);
        Assert.Equal(2, server.Http.Sent.Count);
        Assert.Equal(0, server.Clock.Timers);
    }

    [Fact]
    public async Task The_second_requests_answer_counts_while_the_first_request_hangs()
    {
        var server = new LiveKitApiHarness(Silence(), Answer(200, """{"rooms":[]}"""));

        var running = server.Api.ListRoomsAsync(["r"], Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(500));
        await server.UntilSentAsync(2, Token);

        Assert.IsType<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok>(await running);
        Assert.Equal(0, server.Clock.Timers);
    }

    [Fact]
    public async Task The_first_requests_late_answer_counts_if_the_second_request_hangs_or_fails()
    {
        foreach (var second in new[] { Silence(), Answer(503, "") })
        {
            var late = new TaskCompletionSource();
            var server = new LiveKitApiHarness(
                async token =>
                {
                    await late.Task;
                    return await Answer(200, """{"rooms":[]}""")(token);
                },
                second);

            var running = server.Api.ListRoomsAsync(["r"], Token);
            server.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await server.UntilSentAsync(2, Token);
            late.SetResult();

            Assert.IsType<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok>(await running);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_that_fails_and_hangs_is_sent_a_third_time_in_whichever_order(bool failsFirst)
    {
        var (failure, pause) = (Answer(503, ""), 100);
        var (silence, patience) = (Silence(), 500);
        var server = new LiveKitApiHarness(
            failsFirst ? failure : silence, failsFirst ? silence : failure, Answer(200, """{"rooms":[]}"""));

        var running = server.Api.ListRoomsAsync(["r"], Token);
        await server.Clock.UntilTimersAsync(2, Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(failsFirst ? pause : patience));
        await server.UntilSentAsync(2, Token);
        await server.Clock.UntilTimersAsync(2, Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(failsFirst ? patience : pause));

        Assert.IsType<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok>(await running);
        Assert.Equal(0, server.Clock.Timers);
    }

    [Fact]
    public async Task After_a_failure_silence_is_given_up_long_before_the_deadline()
    {
        var server = new LiveKitApiHarness(Answer(503, ""), Silence(), Silence());

        var running = server.Api.ListRoomsAsync(["r"], Token);
        foreach (var (milliseconds, sent) in new[] { (100, 2), (500, 3), (499, 3) })
        {
            await server.Clock.UntilTimersAsync(2, Token);
            server.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            await server.UntilSentAsync(sent, Token);
        }

        Assert.False(running.IsCompleted);
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.IsType<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Unavailable>(await running);
        Assert.Equal(0, server.Clock.Timers);
    }

    [Fact]
    public async Task A_read_is_sent_three_times_at_most()
    {
        var server = new LiveKitApiHarness(Answer(503, ""), Silence(), Answer(503, ""));

        Assert.Equal("Unavailable", await server.FinishAsync("ListRooms", Token));
        Assert.Equal(3, server.Http.Sent.Count);
        Assert.Equal(0, server.Clock.Timers);
    }

    [Theory]
    [InlineData("ListRooms")]
    [InlineData("ListParticipants")]
    [InlineData("ListDispatch")]
    [InlineData("DeleteRoom")]
    [InlineData("RemoveParticipant")]
    [InlineData("DeleteDispatch")]
    public async Task Reads_and_deletes_that_were_not_done_are_tried_once_more_after_a_pause(string call)
    {
        var server = new LiveKitApiHarness(Failure(NoConnection), Answer(404, """{"code":"not_found","msg":"m"}"""));

        var running = LiveKitApiHarness.OutcomeAsync(server.Api, call, Token);
        await server.Clock.UntilTimersAsync(2, Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Single(server.Http.Sent);
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("NotFound", await running);
        Assert.Equal(2, server.Http.Sent.Count);
        Assert.Equal(0, server.Clock.Timers);
    }

    [Fact]
    public async Task The_second_try_is_the_last()
    {
        var server = new LiveKitApiHarness(Answer(429, ""), Answer(429, ""), Answer(200, "{}"));

        var running = LiveKitApiHarness.OutcomeAsync(server.Api, "DeleteRoom", Token);
        await server.Clock.UntilTimersAsync(2, Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal("Unavailable", await running);
        Assert.Equal(2, server.Http.Sent.Count);
    }

    [Fact]
    public async Task The_second_try_has_what_the_first_left_of_the_deadline()
    {
        var server = new LiveKitApiHarness(Failure(NoConnection), Silence());

        var running = LiveKitApiHarness.OutcomeAsync(server.Api, "DeleteRoom", Token);
        await server.Clock.UntilTimersAsync(2, Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(3999));
        Assert.False(running.IsCompleted);
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("Unknown", await running);
    }

    [Fact]
    public async Task A_refusal_that_took_most_of_the_deadline_is_the_answer()
    {
        var late = new TaskCompletionSource();
        async Task<HttpResponseMessage> Refuse(CancellationToken token)
        {
            await late.Task;
            return await Answer(503, """{"code":"unavailable","msg":"twirp error unknown: no response from servers"}""")(token);
        }

        var server = new LiveKitApiHarness(Refuse, Refuse);

        var running = server.Api.ListDispatchesAsync("r", Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(500));
        await server.UntilSentAsync(2, Token);
        server.Clock.Advance(TimeSpan.FromMilliseconds(2500));
        late.SetResult();

        var outcome = Assert.IsType<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>.Unavailable>(await running);
        Assert.Equal("twirp error unknown: no response from servers", outcome.Error?.Message);
        Assert.Equal(2, server.Http.Sent.Count);
    }

    [Theory]
    [InlineData("CreateDispatch")]
    [InlineData("CreateRoom")]
    [InlineData("CreateSipParticipant")]
    public async Task What_creates_something_is_never_tried_twice(string call)
    {
        Func<CancellationToken, Task<HttpResponseMessage>>[] failures =
        [
            Failure(NoConnection), Failure(new IOException()), Answer(429, ""), Answer(500, ""), Answer(503, ""), Answer(200, "<html>"),
            AnswerThatBreaksOff(), Silence(),
        ];
        foreach (var failure in failures)
        {
            var server = new LiveKitApiHarness(failure, Answer(200, "{}"));

            await server.FinishAsync(call, Token);

            Assert.Single(server.Http.Sent);
        }
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_thrown()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = new LiveKitApiHarness(Silence());
        var pausing = new LiveKitApiHarness(Failure(NoConnection));

        var first = waiting.Api.CreateDispatchAsync(new LiveKitDispatchRequest("r", "a", "m"), caller.Token);
        var second = pausing.Api.ListRoomsAsync(["r"], caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Single(pausing.Http.Sent);
    }

    [Fact]
    public async Task A_call_leaves_no_timer_behind()
    {
        var server = new LiveKitApiHarness(Answer(200, """{"rooms":[]}"""));

        await server.Api.ListRoomsAsync(["r"], Token);

        Assert.Equal(0, server.Clock.Timers);
    }
}
