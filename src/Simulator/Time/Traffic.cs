namespace VoiceFunctions.Simulator.Time;

/// <summary>
/// The HTTP messages under way. One message travels at a time, in the order in which they were sent, so that two runs of the same
/// simulation see the same order. What is under way keeps the clock from moving; what a server is thinking about does not.
/// </summary>
internal sealed class Traffic(Pump pump)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Exchange> open = [];
    private readonly Queue<(Exchange Exchange, TaskCompletionSource<bool> Turn)> waiting = [];
    private Exchange? onTheRoad;
    private long ids;
    private int busy;
    private bool ended;

    /// <summary>Whether a message is under way, or real work outside of the simulation.</summary>
    public bool IsBusy
    {
        get
        {
            lock (gate)
            {
                return busy > 0;
            }
        }
    }

    /// <summary>A client begins an exchange.</summary>
    public Exchange Open()
    {
        lock (gate)
        {
            var exchange = new Exchange($"{++ids}");
            open.Add(exchange.Id, exchange);
            return exchange;
        }
    }

    /// <summary>The exchange that a request belongs to; <c>null</c> where no tracked client made it.</summary>
    public Exchange? Find(string? id)
    {
        lock (gate)
        {
            return id is not null && open.TryGetValue(id, out var exchange) ? exchange : null;
        }
    }

    /// <summary>
    /// Waits for the road to be free and takes it. A client that is not on the pump is inside a handler that is, for the clock, still
    /// under way: it takes no turn.
    /// </summary>
    public Task SetOffAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (exchange.IsClosed)
            {
                return Task.CompletedTask;
            }

            if (ended || TaskScheduler.Current != pump)
            {
                Load(exchange);
                return Task.CompletedTask;
            }

            if (onTheRoad is null)
            {
                onTheRoad = exchange;
                Load(exchange);
                return Task.CompletedTask;
            }

            var turn = Pump.CreateCompletion<bool>();
            waiting.Enqueue((exchange, turn));
            return turn.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The request has reached its handler.</summary>
    public void Arrive(Exchange exchange)
    {
        lock (gate)
        {
            if (!exchange.IsClosed)
            {
                exchange.IsServed = true;
                Unload(exchange);
            }
        }
    }

    /// <summary>The client gives up while the handler may be waiting: until that has come through, the clock stands.</summary>
    public void Cancel(Exchange exchange)
    {
        lock (gate)
        {
            if (!exchange.IsClosed)
            {
                Load(exchange);
            }
        }
    }

    /// <summary>The client is done with the exchange, in whichever way.</summary>
    public void Close(Exchange exchange)
    {
        lock (gate)
        {
            exchange.IsClosed = true;
            open.Remove(exchange.Id);
            Unload(exchange);
        }
    }

    /// <summary>Real work begins, or ends, that is no message.</summary>
    public void Count(int outside)
    {
        lock (gate)
        {
            busy += outside;
        }

        pump.Wake();
    }

    /// <summary>Nobody watches the road any more.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = true;
            onTheRoad = null;
            while (waiting.TryDequeue(out var next))
            {
                next.Turn.TrySetResult(true);
            }
        }
    }

    private void Load(Exchange exchange)
    {
        if (!exchange.IsBusy)
        {
            exchange.IsBusy = true;
            busy++;
        }
    }

    private void Unload(Exchange exchange)
    {
        if (exchange.IsBusy)
        {
            exchange.IsBusy = false;
            busy--;
        }

        if (onTheRoad == exchange)
        {
            onTheRoad = null;
            while (onTheRoad is null && waiting.TryDequeue(out var next))
            {
                // Who gave up while waiting takes no turn; its task has ended already.
                if (!next.Exchange.IsClosed)
                {
                    onTheRoad = next.Exchange;
                    Load(next.Exchange);
                }

                next.Turn.TrySetResult(true);
            }
        }

        pump.Wake();
    }
}

/// <summary>One HTTP request and its response. <see cref="Traffic"/> guards its state.</summary>
internal sealed class Exchange(string id)
{
    /// <summary>The request header that carries the id to the server.</summary>
    public const string Header = "Simulation-Exchange";

    public string Id { get; } = id;

    /// <summary>Whether a message of the exchange is under way.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether a handler behind <see cref="SimulationTime.Serve"/> has the request.</summary>
    public bool IsServed { get; set; }

    public bool IsClosed { get; set; }

    /// <summary>Cancelled, on the pump, when the client has gone before the answer came.</summary>
    public CancellationTokenSource Abandoned { get; } = new();
}
