using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Http;

/// <summary>The gateway's front door: finds the route, checks method and size, and turns failures into problems. Each host adapts its requests to it in a few lines.</summary>
public sealed partial class HttpRouter(IEnumerable<IGatewayHandler> handlers, ILogger<HttpRouter> logger)
{
    private readonly Dictionary<GatewayRoute, IGatewayHandler> byRoute = handlers.ToDictionary(handler => handler.Route);

    /// <summary>Answers a request whose route the host does not know.</summary>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        GatewayRoutes.Find(request.RawPath) is { } route
            ? HandleAsync(route, request, cancellationToken)
            : ValueTask.FromResult(Fit(Problem.UnknownRoute, request));

    /// <summary>Answers a request on a route. Throws only the caller's own cancellation.</summary>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRoute route, GatewayRequest request, CancellationToken cancellationToken)
    {
        using var watch = WebhookTelemetry.Begin(route);
        var response = await AnswerAsync(route, request, cancellationToken);
        watch.Answered(response.Status);
        return Fit(response, request);
    }

    private static GatewayResponse Fit(GatewayResponse response, GatewayRequest request) =>
        request.Method == "HEAD" ? response.ForHead() : response;

    private async ValueTask<GatewayResponse> AnswerAsync(GatewayRoute route, GatewayRequest request, CancellationToken cancellationToken)
    {
        if (!route.Answers(request.Method))
        {
            return Problem.WrongMethod(string.Join(", ", route.Methods));
        }

        if (request.Body.Length > route.MaxBodyBytes)
        {
            return Problem.TooLarge;
        }

        try
        {
            return await byRoute[route].HandleAsync(request, cancellationToken);
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
        catch (Exception unexpected) when (unexpected is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(route.Name, unexpected);
            return Problem.Internal;
        }
    }

    [LoggerMessage(1001, LogLevel.Error, "{Route} could not record an event; its sender was told to repeat it")]
    private partial void LogNotRecorded(string route, Exception exception);

    [LoggerMessage(1002, LogLevel.Error, "{Route} failed")]
    private partial void LogFailed(string route, Exception exception);

    [LoggerMessage(1003, LogLevel.Error, "{Route} could not read the journal")]
    private partial void LogNotRead(string route, Exception exception);
}
