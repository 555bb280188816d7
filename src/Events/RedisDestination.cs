using StackExchange.Redis;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Events;

/// <summary>
/// Publishes events to Redis channels named as their types: <c>call.started</c>, <c>call.ended</c>, <c>handoff.requested</c> and so on.
/// Redis keeps nothing: who does not listen just then has missed it.
/// </summary>
internal sealed class RedisDestination(ConfigurationOptions configuration, EventEnvelope envelope) : IEventDestination, IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private ConnectionMultiplexer? connection;

    public string Name => "redis";

    public string? Tenant => null;

    /// <summary>How a server is reached; it connects when the first event goes out.</summary>
    /// <exception cref="ArgumentException">The text is none that the client reads.</exception>
    public static ConfigurationOptions ConfigurationOf(string text)
    {
        var configuration = ConfigurationOptions.Parse(text);
        (configuration.AbortOnConnectFail, configuration.ConnectRetry) = (true, 1);
        (configuration.ConnectTimeout, configuration.AsyncTimeout) = (2000, 2000);
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        return configuration;
    }

    public async Task<DeliveryOutcome> DeliverAsync(OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        try
        {
            var channel = RedisChannel.Literal(EventType.Of(outgoing.Event.Name));
            var redis = await ConnectAsync(cancellationToken);
            await redis.GetSubscriber().PublishAsync(channel, envelope.Json(outgoing)).WaitAsync(cancellationToken);
            return new DeliveryOutcome.Delivered();
        }
        catch (Exception away) when (away is RedisException or RedisTimeoutException)
        {
            return new DeliveryOutcome.TryLater("redis cannot be reached");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        gate.Dispose();
    }

    /// <summary>One connection for the life of the process; the client opens it again where it breaks.</summary>
    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return connection ??= await ConnectionMultiplexer.ConnectAsync(configuration).WaitAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }
}
