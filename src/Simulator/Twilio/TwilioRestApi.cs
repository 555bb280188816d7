using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>
/// What Twilio's REST API tells of an account and its phone numbers, over real HTTP. The host that is meant is the first part of the path,
/// as in <c>/api.twilio.com/2010-04-01/…</c>, so that one server stands for every region.
/// </summary>
public sealed class TwilioRestApi : IAsyncDisposable
{
    private readonly TwilioSetup setup;
    private LoopbackServer? server;

    private TwilioRestApi(TwilioSetup setup) => this.setup = setup;

    /// <summary>Where it listens.</summary>
    public Uri Url => server!.Url;

    /// <summary>The region whose auth token <see cref="TwilioSetup.AuthToken"/> is.</summary>
    public string Region { get; set; } = "us1";

    /// <summary><c>active</c>, <c>suspended</c> or <c>closed</c>.</summary>
    public string Status { get; set; } = "active";

    /// <summary>The account's numbers.</summary>
    public IReadOnlyList<AccountNumber> Numbers { get; set; } = [];

    /// <summary>Starts it.</summary>
    public static async Task<TwilioRestApi> StartAsync(SimulationTime time, TwilioSetup setup, CancellationToken cancellationToken)
    {
        var api = new TwilioRestApi(setup);
        api.server = await LoopbackServer.StartAsync(time, api.HandleAsync, cancellationToken);
        return api;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var (status, body) = await AnswerAsync(context.Request);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json;charset=utf-8";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    private async Task<(int Status, JsonObject Body)> AnswerAsync(HttpRequest request)
    {
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var asked = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{setup.AccountSid}:{setup.AuthToken}"))}";
        if (request.Headers.Authorization != asked || parts.Length == 0 || RegionOf(parts[0]) != Region)
        {
            return (401, Error(20003, "Authenticate"));
        }

        return parts[1..] switch
        {
            ["2010-04-01", "Accounts", var file] when file == $"{setup.AccountSid}.json" => (200, new JsonObject
            {
                ["sid"] = setup.AccountSid,
                ["status"] = Status,
                ["type"] = "Full",
            }),
            ["2010-04-01", "Accounts", var sid, "IncomingPhoneNumbers.json"] when sid == setup.AccountSid => (200, new JsonObject
            {
                ["incoming_phone_numbers"] = new JsonArray(
                [
                    .. Numbers.Where(number => !request.Query.TryGetValue("PhoneNumber", out var only) || only == number.Number)
                        .Select(Shape),
                ]),
            }),
            ["2010-04-01", "Accounts", var sid, "IncomingPhoneNumbers", var file]
                when sid == setup.AccountSid && request.Method == "POST" => Set(file.Split('.')[0], await request.ReadFormAsync()),
            _ => (404, Error(20404, "The requested resource was not found")),
        };
    }

    private (int Status, JsonObject Body) Set(string sid, IFormCollection fields)
    {
        if (Numbers.FirstOrDefault(number => number.Sid == sid) is not { } old)
        {
            return (404, Error(20404, "The requested resource was not found"));
        }

        var set = old with
        {
            VoiceUrl = Field("VoiceUrl", old.VoiceUrl),
            VoiceMethod = Field("VoiceMethod", old.VoiceMethod),
            StatusCallback = Field("StatusCallback", old.StatusCallback),
            StatusCallbackMethod = Field("StatusCallbackMethod", old.StatusCallbackMethod),
            VoiceFallbackUrl = Field("VoiceFallbackUrl", old.VoiceFallbackUrl),
        };
        Numbers = [.. Numbers.Select(number => number == old ? set : number)];
        return (200, Shape(set));

        string Field(string name, string otherwise) => fields.TryGetValue(name, out var value) ? value.ToString() : otherwise;
    }

    private static JsonObject Shape(AccountNumber number) => new()
    {
        ["sid"] = number.Sid,
        ["phone_number"] = number.Number,
        ["voice_url"] = number.VoiceUrl,
        ["voice_method"] = number.VoiceMethod,
        ["status_callback"] = number.StatusCallback,
        ["status_callback_method"] = number.StatusCallbackMethod,
        ["voice_fallback_url"] = number.VoiceFallbackUrl.Length > 0 ? number.VoiceFallbackUrl : null,
        ["voice_application_sid"] = null,
        ["trunk_sid"] = number.TrunkSid.Length > 0 ? number.TrunkSid : null,
        ["capabilities"] = new JsonObject { ["voice"] = true, ["sms"] = true, ["mms"] = false, ["fax"] = false },
    };

    private static JsonObject Error(int code, string message) => new() { ["code"] = code, ["message"] = message };

    /// <summary>The region of a host: <c>api.ie1.twilio.com</c>, <c>api.dublin.ie1.twilio.com</c>, <c>api.twilio.com</c>.</summary>
    private static string RegionOf(string host) => host.Split('.') is [_, .., var region, "twilio", "com"] ? region : "us1";
}
