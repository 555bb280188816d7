using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Clock;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Events;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Functions.Entra;
using VoiceFunctions.Functions.Http;
using VoiceFunctions.Functions.Twilio;
using VoiceFunctions.Knowledge;
using VoiceFunctions.Storage;
using VoiceFunctions.Tools;

namespace VoiceFunctions.Functions.Hosting;

/// <summary>Puts the gateway together for this host.</summary>
internal static class GatewayServices
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the gateway, its ports and what the functions need of it.</summary>
        public void AddGateway(GatewaySettings settings)
        {
            services.AddSingleton(settings);
            services.AddSingleton(provider =>
                new SteadyClock(TimeProvider.System, provider.GetRequiredService<ILogger<SteadyClock>>()));
            services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SteadyClock>());
            services.AddSingleton(provider =>
            {
                var clock = provider.GetRequiredService<SteadyClock>();
                return TableCallJournal.Create(settings.Storage!, clock, clock.Follow);
            });
            services.AddSingleton<ICallJournal>(provider => provider.GetRequiredService<TableCallJournal>());
            services.AddSingleton<IApiKeyStore>(_ => TableApiKeyStore.Create(settings.Storage!));
            services.AddSingleton<LoggingEventSink>();
            services.AddSingleton(provider =>
                EventDestinations.SinkOf(settings, provider.GetRequiredService<LoggingEventSink>(), Console.Out));
            services.AddSingleton(provider => EventDestinations.OutboxOf(
                settings,
                TableDeadLetters.Create(settings.Storage!),
                provider.GetRequiredService<HttpMessageInvoker>(),
                provider.GetRequiredService<SteadyClock>().Shared) with
            {
                Queue = TableQueuedEvents.Create(settings.Storage!),
            });
            services.AddSingleton(_ => new HttpMessageInvoker(LiveKitConnections(), disposeHandler: true));
            services.AddSingleton<ILiveKitApi>(provider => new LiveKitApi(
                provider.GetRequiredService<HttpMessageInvoker>(),
                settings.LiveKitHost,
                settings.LiveKitKeys,
                provider.GetRequiredService<SteadyClock>().Shared,
                new LiveKitApiOptions()));
            if (settings.Twilio is { } twilio)
            {
                services.AddSingleton<ITwilioCalls>(_ => TwilioCalls.Create(twilio));
            }

            if (settings.Entra is { } entra)
            {
                services.AddSingleton(_ => new HttpClient { Timeout = TimeSpan.FromSeconds(5) });
                services.AddSingleton<IForeignTokens>(provider => new EntraTokens(
                    entra, provider.GetRequiredService<HttpClient>(), provider.GetRequiredService<SteadyClock>().Shared));
            }

            services.AddSingleton<IToolBackends>(provider => new HttpToolBackends(
                settings.Tools.All, HttpToolBackends.Connections(), provider.GetRequiredService<TimeProvider>()));
            if (settings.Knowledge is { } knowledge)
            {
                services.AddSingleton(provider => KnowledgeStores.Of(knowledge, provider.GetRequiredService<ILoggerFactory>())!);
            }

            services.AddSingleton<DurableClientSlot>();
            services.AddSingleton<DurableCallWorkflows>();
            services.AddSingleton(provider => Compose(settings, provider));
            services.AddSingleton<FunctionsHttpAdapter>();
            services.AddHostedService<GatewayStart>();
            services.AddHostedService<JournalTableStart>();
        }
    }

    private static VoiceGateway Compose(GatewaySettings settings, IServiceProvider provider) => new(
        settings,
        new GatewayPorts(
            provider.GetRequiredService<ICallJournal>(),
            provider.GetRequiredService<ILiveKitApi>(),
            provider.GetRequiredService<ILifecycleEventSink>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>())
        {
            Limits = provider.GetRequiredService<TableCallJournal>().Limits,
            Outbox = provider.GetRequiredService<EventOutbox>(),
            TwilioCalls = provider.GetService<ITwilioCalls>(),
            ApiKeys = provider.GetRequiredService<IApiKeyStore>(),
            ForeignTokens = provider.GetService<IForeignTokens>(),
            Tools = provider.GetRequiredService<IToolBackends>(),
            Knowledge = provider.GetService<IKnowledgeStore>(),
            TokenTime = provider.GetRequiredService<SteadyClock>().Shared,
        },
        _ => provider.GetRequiredService<DurableCallWorkflows>());

    /// <summary>One pool of connections for the life of the process; connections are renewed so that changes of DNS are seen.</summary>
    private static SocketsHttpHandler LiveKitConnections() => new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(2),
        AllowAutoRedirect = false,
    };
}
