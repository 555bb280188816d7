using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Bench;

/// <summary>Voice webhooks with the fields that Twilio sends for a call from the telephone network.</summary>
internal sealed class TwilioRequest
{
    private const string Token = "a-token-of-the-benchmark";

    /// <summary>How many calls a gateway gets before a fresh one with an empty journal takes its place.</summary>
    private const int Calls = 4096;

    private readonly TwilioSignature signature = new(Bench.PublicUrl, [Token]);
    private readonly GatewayRequest[] requests = [.. Enumerable.Range(0, Calls).Select(Request)];
    private HttpRouter gateway = Bench.Gateway(Token);
    private int next;

    public byte[] Body => requests[0].Body.ToArray();

    public void Verify() => Bench.Require(signature.Verify(requests[0], out _) == TwilioVerification.Authentic);

    /// <summary>Answers the webhook of another call each time.</summary>
    public void Answer()
    {
        if (next == Calls)
        {
            (next, gateway) = (0, Bench.Gateway(Token));
        }

        Answer(requests[next++]);
    }

    /// <summary>Answers the same webhook again and again, as if Twilio repeated it.</summary>
    public void AnswerAgain() => Answer(requests[0]);

    private void Answer(GatewayRequest request) =>
        Bench.Require(gateway.HandleAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult().Status == 200);

    private static GatewayRequest Request(int number)
    {
        var body = TwilioForm.Encode(
            ((string[])[
                "Called=+15550100123",
                "ToState=",
                "CallerCountry=US",
                "Direction=inbound",
                "CallerState=CA",
                "ToZip=",
                $"CallSid=CA0123456789abcdef01234567{number:x8}",
                "To=+15550100123",
                "CallerZip=94105",
                "ToCountry=US",
                "StirVerstat=TN-Validation-Passed-A",
                "CallToken=%7B%22parentCallInfoToken%22%3A%22eyJhbGciOiJFUzI1NiJ9%22%7D",
                "CalledZip=",
                "ApiVersion=2010-04-01",
                "CalledCity=",
                "CallStatus=ringing",
                "From=+15550101234",
                "AccountSid=AC0123456789abcdef0123456789abcdef",
                "CalledCountry=US",
                "CallerCity=SAN FRANCISCO",
                "ToCity=",
                "FromCountry=US",
                "Caller=+15550101234",
                "FromCity=SAN FRANCISCO",
            ])
            .Select(field => field.Split('=', 2)).Select(field => KeyValuePair.Create(field[0], field[1])));
        var signed = TwilioSignature.Sign($"{Bench.PublicUrl}/twilio/voice", TwilioForm.Parse(body), Token);
        return new GatewayRequest(
            "POST",
            "/twilio/voice",
            name => name == TwilioSignature.HeaderName
                ? signed
                : name == "Content-Type" ? "application/x-www-form-urlencoded; charset=UTF-8" : null,
            body);
    }
}
