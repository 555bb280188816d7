using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Telemetry;
using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Core.Http;

/// <summary>
/// Answers every request of every host: finds the route, checks the method, lets in whose head may come in, reads the body within the
/// route's cap, checks it too, calls the handler, and turns failures into problems. A host only hands over what came in and sends what
/// comes out.
/// </summary>
public sealed partial class HttpRouter
{
    private readonly Dictionary<string, IGatewayHandler> handlers;
    private readonly IReadOnlyDictionary<RouteAccess, IAccessCheck> checks;
    private readonly ILogger<HttpRouter> logger;

    /// <summary>Routes to some handlers.</summary>
    /// <param name="handlers">One for each route that is not refused to everybody.</param>
    /// <param name="checks">One for each kind of access but <see cref="RouteAccess.Open"/> that a route has.</param>
    /// <param name="logger">Gets what senders must not see.</param>
    /// <exception cref="ArgumentException">
    /// A handler's route has an access that nothing checks, or takes access tokens and does not say of which scope.
    /// </exception>
    public HttpRouter(
        IEnumerable<IGatewayHandler> handlers, IReadOnlyDictionary<RouteAccess, IAccessCheck> checks, ILogger<HttpRouter> logger)
    {
        this.handlers = handlers.ToDictionary(handler => handler.Route.Name, StringComparer.Ordinal);
        this.checks = checks;
        this.logger = logger;
        var routes = this.handlers.Values.Select(handler => handler.Route).ToList();
        foreach (var route in routes.Where(route => route.Access != RouteAccess.Open && !checks.ContainsKey(route.Access)))
        {
            throw new ArgumentException($"Nothing checks the access {route.Access} of route {route.Name}.", nameof(checks));
        }

        foreach (var route in routes.Where(route => route.TakesAccessTokens && route.Scope == ApiScopes.None))
        {
            throw new ArgumentException($"Route {route.Name} takes access tokens and states no scope.", nameof(handlers));
        }
    }

    /// <summary>The path prefix of PUBLIC_URL, without a slash at its end, which a proxy may leave on; empty for none.</summary>
    public string PublicPath { get; init; } = "";

    /// <summary>Which web pages may call the API.</summary>
    public CorsPolicy Cors { get; init; } = CorsPolicy.Closed;

    /// <summary>Counts the requests of tenants; <c>null</c> where none has a limit.</summary>
    public RequestLimiter? Limiter { get; init; }

    /// <summary>Answers a request whose body was read.</summary>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var route = Find(ref request);
        return HandleAsync(route, request, null, null, cancellationToken);
    }

    /// <summary>Answers a request for whatever route its path has.</summary>
    public ValueTask<GatewayResponse> HandleAsync(
        GatewayRequest request, Stream body, long? contentLength, CancellationToken cancellationToken)
    {
        var route = Find(ref request);
        return HandleAsync(route, request, body, contentLength, cancellationToken);
    }

    /// <summary>
    /// Answers a request. Throws only the caller's own cancellation, and what the reading of <paramref name="body"/> throws.
    /// </summary>
    /// <param name="route">The route; <c>null</c> where the path is none's.</param>
    /// <param name="request">The request without its body.</param>
    /// <param name="body">The body, of which no more is read than the route takes; <c>null</c> where it was read.</param>
    /// <param name="contentLength">The Content-Length header's value; <c>null</c> where there is none.</param>
    /// <param name="cancellationToken">The sender is gone.</param>
    public async ValueTask<GatewayResponse> HandleAsync(
        GatewayRoute? route, GatewayRequest request, Stream? body, long? contentLength, CancellationToken cancellationToken)
    {
        using var telemetry = RequestTelemetry.Begin(route, request.Method);
        var response = route is null ? Problem.UnknownRoute
            : Cors.Preflight(route, request)
                ?? Cors.Dress(await AnswerAsync(route, request, body, contentLength, cancellationToken), route, request);
        telemetry.Answered(response.Status);
        return Fit(response, request);
    }

    /// <summary>
    /// The route of a request's path as it is, or else after PUBLIC_URL's prefix, or the end of it, was taken off. The request then goes
    /// on without it, as from a proxy that takes it off by itself: so its signature is checked once and in one way.
    /// </summary>
    private GatewayRoute? Find(ref GatewayRequest request)
    {
        if (GatewayRoutes.Find(request.RawPath, request.Method) is { } route)
        {
            return route;
        }

        for (var start = 0; start >= 0 && start < PublicPath.Length; start = PublicPath.IndexOf('/', start + 1))
        {
            var kept = PublicPath.AsSpan(start);
            if (request.RawPath.StartsWith(kept, StringComparison.Ordinal)
                && GatewayRoutes.Find(request.RawPath[kept.Length..], request.Method) is { } behind)
            {
                request = request with { RawTarget = request.RawTarget[kept.Length..] };
                return behind;
            }
        }

        return null;
    }

    private static GatewayResponse Fit(GatewayResponse response, GatewayRequest request) =>
        request.Method == "HEAD" ? response.ForHead() : response;

    private async ValueTask<GatewayResponse> AnswerAsync(
        GatewayRoute route, GatewayRequest request, Stream? body, long? contentLength, CancellationToken cancellationToken)
    {
        if (!route.Answers(request.Method))
        {
            return Problem.WrongMethod(string.Join(", ", GatewayRoutes.MethodsOf(route)));
        }

        if ((contentLength ?? request.Body.Length) > route.MaxBodyBytes)
        {
            return Problem.TooLarge;
        }

        var isReading = false;
        try
        {
            var check = route.Access == RouteAccess.Open ? null : checks[route.Access];
            if (Admit(request, check is null ? null : await check.CheckHeadAsync(request, cancellationToken)) is { } badHead)
            {
                return badHead;
            }

            if (request.Credential is IScopedCredential scoped && !scoped.Scopes.HasFlag(route.Scope))
            {
                GatewayMeter.ApiRefused.Add(1, new KeyValuePair<string, object?>("reason", "missing_scope"));
                return Problem.MissingScope(route.Scope);
            }

            var count = request.Credential is IOfTenant { Tenant: var tenant } && Limiter is not null
                ? await Limiter.TakeAsync(tenant)
                : null;
            if (count is { IsAllowed: false })
            {
                return Problem.TooManyRequests.Counted(count) with { RetryAfterSeconds = count.ResetSeconds };
            }

            if (body is not null)
            {
                isReading = true;
                if (await RequestBody.ReadAsync(body, contentLength, route.MaxBodyBytes, cancellationToken) is not { } bytes)
                {
                    return Problem.TooLarge;
                }

                request = request with { Body = bytes };
                isReading = false;
            }

            if (Admit(request, check?.CheckBody(request)) is { } badBody)
            {
                return badBody;
            }

            return (await handlers[route.Name].HandleAsync(request, cancellationToken)).Counted(count);
        }
        catch (JournalUnavailableException unavailable) when (route.IsRead)
        {
            LogNotRead(route.Name, unavailable);
            return Problem.JournalUnavailable;
        }
        catch (JournalUnavailableException unavailable)
        {
            LogNotRecorded(route.Name, unavailable);
            return Problem.NotRecorded;
        }
#pragma warning disable CA1031 // The last line of defence: whatever it is, the sender gets an answer that tells nothing.
        catch (Exception unexpected)
            when (!isReading && (unexpected is not OperationCanceledException || !cancellationToken.IsCancellationRequested))
#pragma warning restore CA1031
        {
            LogFailed(route.Name, unexpected);
            return Problem.Internal;
        }
    }

    /// <summary>Gives a request that was let in its credential; the answer to one that was not.</summary>
    private static GatewayResponse? Admit(GatewayRequest request, AccessOutcome? access)
    {
        request.Credential = access?.Credential;
        return access?.Refusal;
    }

    [LoggerMessage(1001, LogLevel.Error, "{Route} could not record an event; its sender was told to repeat it")]
    private partial void LogNotRecorded(string route, Exception exception);

    [LoggerMessage(1002, LogLevel.Error, "{Route} failed")]
    private partial void LogFailed(string route, Exception exception);

    [LoggerMessage(1003, LogLevel.Error, "{Route} could not read the journal")]
    private partial void LogNotRead(string route, Exception exception);
}
