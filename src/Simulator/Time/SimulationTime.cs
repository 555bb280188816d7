using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Simulator.Time;

/// <summary>
/// The time that a simulation lives in, and everything that has to agree on it: the clock, the scheduler that work waiting on that
/// clock runs on, the HTTP messages that travel while it runs, and the servers that answer them.
/// </summary>
public abstract class SimulationTime
{
    /// <summary>The clock of everything in the simulation, the gateway included.</summary>
    public abstract TimeProvider Clock { get; }

    /// <summary>What waits on <see cref="Clock"/> runs here.</summary>
    public abstract TaskScheduler Scheduler { get; }

    /// <summary>
    /// Lets this time see the requests that go through a handler. Send with an <see cref="HttpMessageInvoker"/>, or with an
    /// <see cref="HttpClient"/> whose own timeout is infinite: that timeout is real time.
    /// The handler must not limit its connections: a message that waits for one would wait for ever.
    /// </summary>
    public abstract HttpMessageHandler Track(HttpMessageHandler inner);

    /// <summary>
    /// Middleware for a server in the simulation, to be the first of its pipeline (<c>app.Use(time.Serve)</c>): the handlers behind it may
    /// wait on <see cref="Clock"/>, call other servers and wait for work on <see cref="Scheduler"/>. Their responses are buffered.
    /// </summary>
    public abstract RequestDelegate Serve(RequestDelegate next);

    /// <summary>
    /// Starts work on <see cref="Scheduler"/> that nobody waits for. A failure of it is not lost; cancellation is no failure.
    /// </summary>
    public abstract Task Start(Func<Task> work);

    /// <summary>Does real work that this time cannot see (a server that starts, a file): the clock stands still until it ends.</summary>
    public abstract Task Outside(Func<Task> work);

    /// <summary>A client whose requests this time sees: no redirects, no cookies, no time limit of its own.</summary>
    public HttpMessageInvoker CreateClient()
    {
#pragma warning disable CA2000 // The client owns its handlers.
        return new HttpMessageInvoker(Track(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }));
#pragma warning restore CA2000
    }

    /// <summary>
    /// Something that somebody waits for. Who waits for it goes on later, on <see cref="Scheduler"/>, never
    /// inside the call that completes it.
    /// </summary>
    public abstract TaskCompletionSource<T> CreateCompletion<T>();

    /// <summary>Waits on <see cref="Clock"/>.</summary>
    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) =>
        delay <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, Clock, cancellationToken);
}
