using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Tools;

/// <summary>
/// What stands between a tool and its backend, from outside in: the deadline of all attempts, the attempts, the circuit, the deadline of
/// one attempt.
/// </summary>
internal static class ToolPipeline
{
    /// <summary>How many attempts follow the first one, where a tool may be retried.</summary>
    public const int Retries = 2;

    /// <summary>The circuit opens when half of at least so many attempts failed within <see cref="Sampling"/>.</summary>
    public const int LeastFailures = 3;

    private const double FailureRatio = 0.5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>For how long failures count.</summary>
    public static TimeSpan Sampling { get; } = TimeSpan.FromSeconds(60);

    /// <summary>For how long an open circuit asks nobody.</summary>
    public static TimeSpan Break { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take: half of the time where another one may follow.</summary>
    public static TimeSpan AttemptOf(Tool tool) => tool.MayRetry ? tool.Deadline / 2 : tool.Deadline;

    public static ResiliencePipeline<HttpResponseMessage> Of(Tool tool, TimeProvider timeProvider)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = timeProvider };
        builder.AddTimeout(new HttpTimeoutStrategyOptions { Timeout = tool.Deadline });
        if (tool.MayRetry)
        {
            builder.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = FirstPause,
                // No chance: a simulated call tells the same story each time, and the repetitions of one agent are no herd.
                UseJitter = false,
                ShouldRetryAfterHeader = false,
            });
        }

        return builder
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = LeastFailures,
                SamplingDuration = Sampling,
                BreakDuration = Break,
            })
            .AddTimeout(new HttpTimeoutStrategyOptions { Timeout = AttemptOf(tool) })
            .Build();
    }
}
