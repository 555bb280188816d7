using System.Net;
using System.Text;
using Livekit.Server.Sdk.Dotnet;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Webhooks;

namespace VoiceFunctions.LiveKitSdk.Tests;

/// <summary>
/// What keeps LiveKit's .NET SDK off the request path: reasons of docs/decisions/0002-own-edges.md. A test that turns red says that the SDK
/// has changed, and that the note has to be revised.
/// </summary>
public sealed class LiveKitSdkLimitTests
{
    private const string Key = "APIkey";
    private const string Secret = "a-secret-of-thirty-two-characters";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_webhook_with_a_field_newer_than_the_SDK_is_thrown_back_even_where_it_is_told_to_ignore_such_fields(bool ignore)
    {
        const string body = """{"event":"room_started","room":{"name":"r","newerThanYou":true},"id":"EV_1"}""";

        Assert.ThrowsAny<Exception>(() => new WebhookReceiver(Key, Secret).Receive(body, skipAuth: true, ignoreUnknownFields: ignore));

        Assert.True(LiveKitWebhookParser.TryParse(Encoding.UTF8.GetBytes(body), out var ours));
        Assert.Equal("r", ours.Room?.Name);
    }

    [Fact]
    public async Task The_SIP_status_of_a_failed_call_is_dropped()
    {
        using var server = new RefusingServer("""{"code":"unavailable","msg":"no answer","meta":{"sip_status_code":"486"}}""");
        using var http = new HttpClient(server);
        var sip = new SipServiceClient("http://livekit.example.com", Key, Secret, http);

        var thrown = await Assert.ThrowsAsync<Twirp.Exception>(() => sip.CreateSIPParticipant(new CreateSIPParticipantRequest()));

        Assert.Equal(["Type"], typeof(Twirp.Exception).GetFields().Select(field => field.Name));
        Assert.DoesNotContain("486", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_leaves_its_token_on_the_HttpClient_that_others_use()
    {
        using var server = new RefusingServer("""{"code":"internal","msg":"no"}""");
        using var http = new HttpClient(server);
        var rooms = new RoomServiceClient("http://livekit.example.com", Key, Secret, http);

        await Assert.ThrowsAsync<Twirp.Exception>(() => rooms.ListRooms(new ListRoomsRequest()));

        Assert.Equal("Bearer", http.DefaultRequestHeaders.Authorization?.Scheme);
    }

    [Fact]
    public void No_call_can_be_cancelled()
    {
        Type[] clients = [typeof(RoomServiceClient), typeof(SipServiceClient), typeof(AgentDispatchServiceClient)];

        var parameters = clients.SelectMany(client => client.GetMethods()).SelectMany(method => method.GetParameters());

        Assert.DoesNotContain(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
    }

    /// <summary>LiveKit's server where it answers every request with the same error.</summary>
    private sealed class RefusingServer(string error) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent(error) });
    }
}
