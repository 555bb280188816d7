using System.Net.Http.Headers;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>
/// Sends calls, each with its own token and within the deadline. A read or delete that was not done is tried a second time if more than
/// half of the deadline is left. A read that takes long is sent again beside the first one, and the first answer counts. A call that
/// creates something is never tried a second time.
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
        var outcome = call.Effect == TwirpEffect.Read
            ? await HedgeAsync(call, deadline.Token, cancellationToken)
            : await TryAsync(call, deadline.Token, cancellationToken);
        var again = outcome is LiveKitOutcome<T>.Unavailable
            && call.Effect != TwirpEffect.Create
            && timeProvider.GetElapsedTime(started) + options.RetryDelay < options.Deadline / 2;
        if (!again)
        {
            return outcome;
        }

        await Task.Delay(options.RetryDelay, timeProvider, cancellationToken);
        return await TryAsync(call, deadline.Token, cancellationToken);
    }

    private async Task<LiveKitOutcome<T>> HedgeAsync<T>(TwirpCall<T> call, CancellationToken deadline, CancellationToken cancellationToken)
        where T : class
    {
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var first = TryAsync(call, decided.Token, cancellationToken);
        try
        {
            return await first.WaitAsync(options.HedgeDelay, timeProvider, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            var second = TryAsync(call, decided.Token, cancellationToken);
            var earlier = await Task.WhenAny(first, second);
            var outcome = await earlier;
            if (outcome is not LiveKitOutcome<T>.Unavailable)
            {
                await decided.CancelAsync();
                return outcome;
            }

            return await (earlier == first ? second : first);
        }
    }

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
