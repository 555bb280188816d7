using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.LocalHost;

/// <summary>What a served gateway answers over HTTP is what its own document says.</summary>
public sealed class OpenApiAnswersTests : IAsyncLifetime
{
    private readonly RealTime time = new(failure => throw failure);
    private readonly HttpClient http = new();
    private PhoneNetwork network = null!;
    private KestrelHttpAdapter front = null!;
    private LocalGateway gateway = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        network = await PhoneNetwork.StartAsync(time, new PhoneNetworkSetup(), Stop);
        front = await KestrelHttpAdapter.StartAsync(
            0, (request, body, length, aborted) => gateway.Front.HandleAsync(request, body, length, aborted), next => next, Stop);
        var given = new Dictionary<string, string>(SimulatedSettings.Of(network, front.Address))
        {
            [SettingNames.DiagnosticsKey] = network.Operator.Key,
        };
        var settings = LocalSettings.Read(given, _ => null);
        var clock = TimeProvider.System;
        var ports = new GatewayPorts(
            new InMemoryCallJournal(clock),
            new LiveKitApi(http, settings.LiveKitHost, settings.LiveKitKeys, clock, new LiveKitApiOptions()),
            new MemoryEventSink(_ => { }),
            clock,
            NullLoggerFactory.Instance);
        gateway = new LocalGateway(settings, ports, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        gateway.Dispose();
        await front.DisposeAsync();
        await network.DisposeAsync();
        http.Dispose();
    }

    [Fact]
    public async Task Every_route_answers_strangers_and_its_users_as_declared()
    {
        var document = JsonNode.Parse(await http.GetStringAsync(new Uri(front.Address, "openapi.json"), Stop))!;

        Assert.Equal(GatewayRoutes.All.Count, document["paths"]!.AsObject().Sum(path =>
            path.Value!.AsObject().Count(operation => operation.Key is "get" or "post" or "delete")));
        foreach (var route in GatewayRoutes.All)
        {
            foreach (var id in (string[])["nonsense", "aaaaaaaaaaaaaaaaaaaaaaaaaa"])
            {
                await AssertDeclaredAsync(document, route, id, _ => { });
                await AssertDeclaredAsync(
                    document, route, id, request => request.Headers.Add(DiagnosticsAccess.HeaderName, network.Operator.Key));
                await AssertDeclaredAsync(
                    document, route, id, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "x.y.z"));
            }
        }
    }

    private async Task AssertDeclaredAsync(JsonNode document, GatewayRoute route, string id, Action<HttpRequestMessage> sign)
    {
        var path = string.Join('/', route.Template.Split('/').Select(part => part.StartsWith('{') ? id : part));
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), new Uri(front.Address, path));
        if (!route.IsRead)
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        sign(request);
        using var answer = await http.SendAsync(request, Stop);

        var responses = document["paths"]![$"/{route.Template}"]![route.Method.ToLowerInvariant()]!["responses"]!;
        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        Assert.True(responses[status] is not null, $"{route.Name} answers {status}");
        if (answer.Content.Headers.ContentType?.MediaType is { } type)
        {
            Assert.True(responses[status]!["content"]?[type] is not null, $"{route.Name} answers {status} with {type}");
        }
    }
}
