using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Simulator.Time;

/// <summary>
/// The server's side of an <see cref="Exchange"/>: reads the request, handles it on the pump, where it may wait on the clock,
/// and writes the response. Only the reading and the writing count as under way.
/// </summary>
internal sealed class ServedHandler(Traffic traffic, VirtualTime time, RequestDelegate next)
{
    public async Task HandleAsync(HttpContext context)
    {
        // Always real input and output, away from the pump, however fast it may complete.
        using var request = new MemoryStream();
        await context.Request.Body.CopyToAsync(request, context.RequestAborted);
        request.Position = 0;
        context.Request.Body = request;
        var wire = context.Response.Body;
        using var response = new MemoryStream();
        context.Response.Body = response;

        var exchange = traffic.Find(context.Request.Headers[Exchange.Header]);
        await Task.Factory
            .StartNew(() => OnPumpAsync(context, exchange), CancellationToken.None, TaskCreationOptions.DenyChildAttach, time.Scheduler)
            .Unwrap();

        context.Response.Body = wire;
        if (exchange is not { IsClosed: true })
        {
            context.Response.ContentLength = response.Length;
            response.Position = 0;
            await response.CopyToAsync(wire, CancellationToken.None);
        }
    }

    private async Task OnPumpAsync(HttpContext context, Exchange? exchange)
    {
        if (exchange is null)
        {
            await next(context);
            return;
        }

        traffic.Arrive(exchange);
        var aborted = context.RequestAborted;
        context.RequestAborted = exchange.Abandoned.Token;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestAborted = aborted;
            await traffic.SetOffAsync(exchange, CancellationToken.None);
        }
    }
}
