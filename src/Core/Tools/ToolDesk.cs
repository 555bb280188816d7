using System.Collections.Concurrent;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Telemetry;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Core.Tools;

/// <summary>
/// Has a tool's backend asked once for each tool call. Before it is asked, an event says so, and that insert is the right to ask; what came
/// of it is another event, and whoever asks again is answered from there.
/// </summary>
/// <param name="journal">Holds both events.</param>
/// <param name="backends">Asks.</param>
/// <param name="timeProvider">Tells when an attempt is over whose process died.</param>
public sealed class ToolDesk(ICallJournal journal, IToolBackends backends, TimeProvider timeProvider)
{
    /// <summary>How many tool calls a call has at most: its journal is read as a whole, and holds each answer.</summary>
    public const int MaxToolCalls = 64;

    /// <summary>How often a backend is asked for one tool call, if each process dies that asks.</summary>
    private const int MaxAttempts = 5;

    /// <summary>How often whoever waits for another process looks for its answer.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<(CallId CallId, string ToolCall, string Tool, string Mark), Lazy<Task<ToolRun>>> running = new();

    /// <summary>
    /// How long after its deadline an attempt may still write down its answer. Then its process is taken to be dead.
    /// </summary>
    public static TimeSpan Aftermath { get; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Uses a tool, or tells what came of it. Requests for one tool call at one time share one use; one that goes away ends nothing.
    /// </summary>
    /// <param name="tool">The tool.</param>
    /// <param name="ask">The tool call.</param>
    /// <param name="state">The call as it was just read.</param>
    /// <param name="cancellationToken">The asker is gone.</param>
    /// <exception cref="JournalUnavailableException">The journal is away; asking again tells what came of the use.</exception>
    public Task<ToolRun> AskAsync(Tool tool, ToolAsk ask, CallState state, CancellationToken cancellationToken)
    {
        var key = (state.CallId, ask.ToolCall, tool.Name, ask.Mark);
        var run = running.GetOrAdd(key, new Lazy<Task<ToolRun>>(() => RunAsync(tool, ask, state)));
        return WaitAsync();

        async Task<ToolRun> WaitAsync()
        {
            try
            {
                return await run.Value.WaitAsync(cancellationToken);
            }
            finally
            {
                if (run.Value.IsCompleted)
                {
                    running.TryRemove(KeyValuePair.Create(key, run));
                }
                else
                {
                    // The asker went away: whatever comes of it, nobody is left to clear it up.
                    _ = run.Value.ContinueWith(
                        _ => running.TryRemove(KeyValuePair.Create(key, run)),
                        CancellationToken.None,
                        TaskContinuationOptions.ExecuteSynchronously,
                        TaskScheduler.Default);
                }
            }
        }
    }

    private async Task<ToolRun> RunAsync(Tool tool, ToolAsk ask, CallState state)
    {
        while (true)
        {
            var known = state.Tools.Find(ask.ToolCall);
            if (known is not null && (known.Tool != tool.Name || known.Mark != ask.Mark))
            {
                return new ToolRun.Reused();
            }

            if (known?.Answer is { } answer)
            {
                return new ToolRun.Answered(answer);
            }

            if (known is null && state.Tools.Count >= MaxToolCalls)
            {
                return new ToolRun.TooMany();
            }

            var now = timeProvider.GetUtcNow();
            if (known is { Until: var until } && until > now)
            {
                // Another process asks just now, or died while it did.
                await Task.Delay(until - now < Look ? until - now : Look, timeProvider, CancellationToken.None);
            }
            else if (known is not null && (!tool.MayRetry || known.Attempts >= MaxAttempts))
            {
                return await SettleAsync(state.CallId, ask, new CallFact.ToolAnswered(ask.ToolCall, tool.Name, ToolOutcome.Unknown, 0));
            }
            else if (await BeginAsync(tool, ask, state.CallId, (known?.Attempts ?? 0) + 1, now))
            {
                return await UseAsync(tool, ask, state.CallId);
            }

            state = await ReadAsync(state.CallId);
        }
    }

    /// <summary>Whether this very process may ask: nobody else has begun the attempt.</summary>
    private async Task<bool> BeginAsync(Tool tool, ToolAsk ask, CallId callId, int attempt, DateTimeOffset now)
    {
        var arguments = tool.KeepsArguments ? ask.Arguments.GetRawText() : null;
        var begun = new CallFact.ToolBegun(ask.ToolCall, tool.Name, attempt, ask.Mark, now + tool.Deadline + Aftermath)
        {
            Job = ask.Job.Job,
            Epoch = ask.Job.Epoch,
            Arguments = arguments?.Length <= CallFact.ToolBegun.MaxArguments ? arguments : null,
        };
        return await journal.AppendAsync(
            callId,
            new CallEvent($"tool:{ask.ToolCall}:{attempt}", now, begun),
            Tracking.RecordOnly,
            CancellationToken.None) == AppendOutcome.Appended;
    }

    private async Task<ToolRun> UseAsync(Tool tool, ToolAsk ask, CallId callId)
    {
        var began = timeProvider.GetTimestamp();
        var reply = await backends.AskAsync(
            new ToolRequest(tool, callId, ask.ToolCall, ask.Arguments.GetRawText()), CancellationToken.None);
        var seconds = Math.Round(timeProvider.GetElapsedTime(began).TotalSeconds, 3);
        GatewayMeter.ToolDuration.Record(
            seconds, new KeyValuePair<string, object?>("tool", tool.Name), new KeyValuePair<string, object?>("outcome", reply.Outcome));
        return await SettleAsync(callId, ask, new CallFact.ToolAnswered(ask.ToolCall, tool.Name, reply.Outcome, seconds)
        {
            Status = reply.Status,
            Result = reply.Result,
        });
    }

    /// <summary>Writes down what came of it. The first word counts: where another process was faster, its answer is everybody's.</summary>
    private async Task<ToolRun> SettleAsync(CallId callId, ToolAsk ask, CallFact.ToolAnswered answer)
    {
        var settled = new CallEvent($"tool:{ask.ToolCall}:answer", timeProvider.GetUtcNow(), answer);
        return await journal.AppendAsync(callId, settled, Tracking.RecordOnly, CancellationToken.None) == AppendOutcome.Duplicate
            && (await ReadAsync(callId)).Tools.Find(ask.ToolCall)?.Answer is { } first
                ? new ToolRun.Answered(first)
                : new ToolRun.Answered(answer);
    }

    private async Task<CallState> ReadAsync(CallId callId) => CallState.Of(await journal.ReadAsync(callId, CancellationToken.None));
}
