using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Simulator.Receivers;

namespace VoiceFunctions.Simulator.Tests.Receivers;

/// <summary>The system that hears of events.</summary>
public sealed class ReceiverTests
{
    private const string Body = """{"id":"c:CALL_STARTED","type":"call.started","subject":"c","time":"2026-11-21T12:00:00Z"}""";

    [Fact]
    public async Task It_takes_what_is_signed_with_its_secret()
    {
        Assert.Equal((204, 1, 0), await OfferAsync(Sign(EventReceiver.Secret, Body)));
    }

    [Fact]
    public async Task It_refuses_what_is_not_signed_or_with_another_secret_or_was_changed()
    {
        Assert.Equal((401, 0, 1), await OfferAsync(""));
        Assert.Equal((401, 0, 1), await OfferAsync(Sign($"whsec_{Convert.ToBase64String(new byte[32])}", Body)));
        Assert.Equal((401, 0, 1), await OfferAsync(Sign(EventReceiver.Secret, Body + " ")));
    }

    private static async Task<(int Status, int Taken, int Unsigned)> OfferAsync(string signature)
    {
        await using var simulation = await Simulation.StartAsync(new PhoneNetworkSetup { HasReceiver = true });
        using var http = simulation.Time.CreateClient();
        var receiver = simulation.Network.Receiver;
        var status = 0;

        await simulation.RunAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = new StringContent(Body) };
            request.Headers.Add("webhook-id", "c:CALL_STARTED");
            request.Headers.Add("webhook-timestamp", "1795262400");
            request.Headers.Add("webhook-signature", signature);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            status = (int)response.StatusCode;
        });

        return (status, receiver.Received.Count, receiver.Unsigned);
    }

    private static string Sign(string secret, string body) => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"c:CALL_STARTED.1795262400.{body}")))}";
}
