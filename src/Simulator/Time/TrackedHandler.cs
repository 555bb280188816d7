namespace VoiceFunctions.Simulator.Time;

/// <summary>
/// The client's side of an <see cref="Exchange"/>: reports it from before the request is sent until the whole response has been read.
/// </summary>
internal sealed class TrackedHandler(Traffic traffic, VirtualTime time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = traffic.Open();
        request.Headers.Remove(Exchange.Header);
        request.Headers.TryAddWithoutValidation(Exchange.Header, exchange.Id);
        try
        {
            await traffic.SetOffAsync(exchange, cancellationToken);
            using var givingUp = cancellationToken.UnsafeRegister(_ => traffic.Cancel(exchange), null);
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response;
        }
        finally
        {
            // On the pump: the clock cannot move before the code that awaits this exchange has had its turn.
            if (exchange.IsServed)
            {
                time.Post(exchange.Abandoned.Cancel);
            }

            traffic.Close(exchange);
        }
    }
}
