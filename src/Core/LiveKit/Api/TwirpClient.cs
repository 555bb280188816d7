using System.Net.Http.Headers;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>
/// Sends calls, each with its own token and within the deadline. What was not done is tried once more after a pause, if more than half of
/// the deadline is left. A read that takes long is also sent beside the earlier ones, once, and the first usable answer counts. A call
/// that creates something is never tried a second time.
/// </summary>
internal sealed class TwirpClient(
    HttpMessageInvoker http, LiveKitHost host, LiveKitKeyring keyring, TimeProvider timeProvider, LiveKitApiOptions options)
{
    /// <summary>The list of a hundred participants with maximal metadata and attributes is smaller.</summary>
    private const long MaxAnswerBytes = 64 * 1024 * 1024;

    public async Task<LiveKitOutcome<T>> CallAsync<T>(TwirpCall<T> call, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = new CancellationTokenSource(options.Deadline, timeProvider);
        var started = timeProvider.GetTimestamp();
        if (call.Effect == TwirpEffect.Read)
        {
            return await ReadAsync(call, started, deadline.Token, cancellationToken);
        }

        var outcome = await TryAsync(call, deadline.Token, cancellationToken);
        if (outcome is not LiveKitOutcome<T>.Unavailable || call.Effect == TwirpEffect.Create || !HasTime(started))
        {
            return outcome;
        }

        await Task.Delay(options.RetryDelay, timeProvider, cancellationToken);
        return await TryAsync(call, deadline.Token, cancellationToken);
    }

    /// <summary>
    /// One failure and one silence each bring another request, in whichever order they come. After both, whoever is silent does not get the
    /// rest of the deadline: trying again later is sooner.
    /// </summary>
    private async Task<LiveKitOutcome<T>> ReadAsync<T>(
        TwirpCall<T> call, long started, CancellationToken deadline, CancellationToken cancellationToken)
        where T : class
    {
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var running = new List<Task<LiveKitOutcome<T>>>(1) { TryAsync(call, decided.Token, cancellationToken) };
        var (isPausing, isHedged) = (false, false);
        LiveKitOutcome<T>? failure = null;
        while (true)
        {
            var patience = isPausing ? options.RetryDelay : isHedged && failure is null ? Timeout.InfiniteTimeSpan : options.HedgeDelay;
            if (!await AnswersAsync(running, patience, cancellationToken))
            {
                if (isHedged && !isPausing)
                {
                    await decided.CancelAsync();
                    return failure!;
                }

                (isHedged, isPausing) = (isHedged || !isPausing, false);
                running.Add(TryAsync(call, decided.Token, cancellationToken));
                continue;
            }

            var answered = running.Find(request => request.IsCompleted)!;
            running.Remove(answered);
            var outcome = await answered;
            if (outcome is not LiveKitOutcome<T>.Unavailable)
            {
                await decided.CancelAsync();
                return outcome;
            }

            isPausing |= failure is null && HasTime(started);
            failure = outcome;
            if (running.Count == 0 && !isPausing)
            {
                return outcome;
            }
        }
    }

    /// <summary>Whether one of these requests ends in time.</summary>
    private async Task<bool> AnswersAsync<T>(List<Task<T>> running, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (running.Count == 0)
        {
            await Task.Delay(patience, timeProvider, cancellationToken);
            return false;
        }

        var first = running.Count == 1 ? running[0] : (Task)Task.WhenAny(running);
        await first.WaitAsync(patience, timeProvider, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running.Exists(request => request.IsCompleted);
    }

    /// <summary>Whether another try has more than half of the deadline.</summary>
    private bool HasTime(long started) => timeProvider.GetElapsedTime(started) + options.RetryDelay < options.Deadline / 2;

    private async Task<LiveKitOutcome<T>> TryAsync<T>(TwirpCall<T> call, CancellationToken deadline, CancellationToken cancellationToken)
        where T : class
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        try
        {
            using var request = Request(call);
            using var response = await http.SendAsync(request, either.Token);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, either.Token);
            return TwirpAnswer.Of(call, (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TwirpAnswer.Unclear<T>(call.Effect, null);
        }
        catch (HttpRequestException exception) when (NeverConnected(exception))
        {
            return new LiveKitOutcome<T>.Unavailable(null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return TwirpAnswer.Unclear<T>(call.Effect, null);
        }
    }

    private HttpRequestMessage Request<T>(TwirpCall<T> call)
        where T : class
    {
        var token = LiveKitToken.Mint(keyring.Signing, call.Grants, timeProvider.GetUtcNow(), LiveKitToken.DefaultLifetime);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.BaseUri, $"twirp/livekit.{call.Method}"))
        {
            Content = new ByteArrayContent(call.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        if (call.RequestId is not null)
        {
            request.Headers.Add("X-Livekit-Request-Id", call.RequestId);
        }

        return request;
    }

    /// <summary>Failures before there was a connection on which the request could be sent.</summary>
    private static bool NeverConnected(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;
}
