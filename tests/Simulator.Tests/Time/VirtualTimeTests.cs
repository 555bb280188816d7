using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Tests.Time;

public sealed class VirtualTimeTests
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task A_day_passes_at_once()
    {
        var time = new VirtualTime();
        var start = time.Clock.GetUtcNow();

        await time.RunAsync(() => Task.Delay(TimeSpan.FromHours(24), time.Clock, Stop));

        Assert.Equal(start.AddHours(24), time.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_instants_and_of_their_making()
    {
        var time = new VirtualTime();
        var heard = new List<string>();
        async Task Say(string what, int seconds)
        {
            await time.Delay(TimeSpan.FromSeconds(seconds), Stop);
            heard.Add(what);
        }

        await time.RunAsync(() => Task.WhenAll(Say("d", 3), Say("a", 1), Say("b", 2), Say("c", 2), Say("e", 3)));

        Assert.Equal(["a", "b", "c", "d", "e"], heard);
    }

    [Fact]
    public async Task Everything_that_waits_runs_on_one_thread()
    {
        var time = new VirtualTime();
        var threads = new HashSet<int>();
        async Task Wait()
        {
            for (var i = 0; i < 20; i++)
            {
                threads.Add(Environment.CurrentManagedThreadId);
                await time.Delay(TimeSpan.FromMilliseconds(i), Stop);
            }
        }

        await time.RunAsync(() => Task.WhenAll(time.Start(Wait), time.Start(Wait), Wait()));

        Assert.Single(threads);
    }

    [Fact]
    public async Task A_periodic_timer_goes_on_until_it_is_disposed()
    {
        var time = new VirtualTime();
        var start = time.Clock.GetUtcNow();
        var ticks = new List<double>();

        await time.RunAsync(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), time.Clock);
            while (ticks.Count < 3 && await timer.WaitForNextTickAsync(Stop))
            {
                ticks.Add((time.Clock.GetUtcNow() - start).TotalSeconds);
            }
        });

        Assert.Equal([5, 10, 15], ticks);
    }

    [Fact]
    public async Task A_timer_that_was_changed_or_disposed_does_not_fire_at_its_first_time()
    {
        var time = new VirtualTime();
        var fired = new List<string>();

        await time.RunAsync(async () =>
        {
            await using var disposed =
                time.Clock.CreateTimer(_ => fired.Add("disposed"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            await using var changed =
                time.Clock.CreateTimer(_ => fired.Add("changed"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            await disposed.DisposeAsync();
            changed.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
            await time.Delay(TimeSpan.FromSeconds(2), Stop);
            fired.Add("two seconds");
            await time.Delay(TimeSpan.FromSeconds(2), Stop);
        });

        Assert.Equal(["two seconds", "changed"], fired);
    }

    [Fact]
    public async Task A_cancellation_after_a_time_follows_the_clock()
    {
        var time = new VirtualTime();
        var start = time.Clock.GetUtcNow();

        await time.RunAsync(async () =>
        {
            using var source = new CancellationTokenSource(TimeSpan.FromSeconds(10), time.Clock);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => time.Delay(TimeSpan.FromHours(1), source.Token));
        });

        Assert.Equal(start.AddSeconds(10), time.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_main_task_that_nothing_can_wake_is_a_bug_that_is_told()
    {
        var time = new VirtualTime();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => time.RunAsync(() => new TaskCompletionSource().Task));

        Assert.Contains("dead", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_main_task_that_never_ends_runs_into_the_limit()
    {
        var time = new VirtualTime(DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1), TimeSpan.FromSeconds(30));

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => time.RunAsync(async () =>
        {
            while (true)
            {
                await time.Delay(TimeSpan.FromMinutes(1), Stop);
            }
        }));

        Assert.Contains("1970-01-01T01:01:00", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_main_task_throws_comes_out()
    {
        var time = new VirtualTime();

        await Assert.ThrowsAsync<NotSupportedException>(() => time.RunAsync(async () =>
        {
            await time.Delay(TimeSpan.FromSeconds(1), Stop);
            throw new NotSupportedException();
        }));
    }

    [Fact]
    public async Task A_failure_of_work_that_nobody_waits_for_comes_out()
    {
        var time = new VirtualTime();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => time.RunAsync(async () =>
        {
            _ = time.Start(async () =>
            {
                await time.Delay(TimeSpan.FromSeconds(1), Stop);
                throw new NotSupportedException("lost?");
            });
            await time.Delay(TimeSpan.FromHours(1), Stop);
        }));

        Assert.IsType<NotSupportedException>(thrown.InnerException);
    }

    [Fact]
    public async Task A_failure_in_a_timers_callback_comes_out()
    {
        var time = new VirtualTime();

        await Assert.ThrowsAsync<NotSupportedException>(() => time.RunAsync(async () =>
        {
            await using var timer =
                time.Clock.CreateTimer(_ => throw new NotSupportedException(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            await time.Delay(TimeSpan.FromHours(1), Stop);
        }));
    }

    [Fact]
    public async Task Real_work_outside_holds_the_clock()
    {
        var time = new VirtualTime();
        var start = time.Clock.GetUtcNow();
        var during = start;

        await time.RunAsync(async () =>
        {
            _ = time.Delay(TimeSpan.FromHours(1), Stop);
            await time.Outside(() => Task.Run(() =>
            {
                using var never = new ManualResetEventSlim();
                never.Wait(50, Stop);
            }));
            during = time.Clock.GetUtcNow();
        });

        Assert.Equal(start, during);
    }

    [Fact]
    public async Task Library_code_that_hops_through_the_thread_pool_is_waited_for()
    {
        for (var run = 0; run < 200; run++)
        {
            var time = new VirtualTime();
            var start = time.Clock.GetUtcNow();
            var seen = start;

            await time.RunAsync(async () =>
            {
                _ = time.Delay(TimeSpan.FromHours(1), Stop);
                using var source = new CancellationTokenSource();
                using var slot = new SemaphoreSlim(0);
                var waiting = slot.WaitAsync(TimeSpan.FromMinutes(1), source.Token);
                slot.Release();
                await waiting;
                await source.CancelAsync();
                seen = time.Clock.GetUtcNow();
            });

            Assert.Equal(start, seen);
        }
    }
}
