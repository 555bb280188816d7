using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Bench;

/// <summary>A voice webhook with the fields that Twilio sends for a call from the telephone network.</summary>
internal sealed class TwilioRequest
{
    private const string Token = "a-token-of-the-benchmark";

    private readonly TwilioSignature signature = new(Bench.PublicUrl, [Token]);
    private readonly GatewayRequest request;
    private readonly HttpRouter gateway = Bench.Gateway(Token);

    public TwilioRequest()
    {
        Body = TwilioForm.Encode(
            ((string[])[
                "Called=+15550100123",
                "ToState=",
                "CallerCountry=US",
                "Direction=inbound",
                "CallerState=CA",
                "ToZip=",
                "CallSid=CA0123456789abcdef0123456789abcdef",
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
        var signed = TwilioSignature.Sign($"{Bench.PublicUrl}/twilio/voice", TwilioForm.Parse(Body), Token);
        request = new GatewayRequest(
            "POST",
            "/twilio/voice",
            name => name == TwilioSignature.HeaderName
                ? signed
                : name == "Content-Type" ? "application/x-www-form-urlencoded; charset=UTF-8" : null,
            Body);
    }

    public byte[] Body { get; }

    public void Verify() => Bench.Require(signature.Verify(request, out _) == TwilioVerification.Authentic);

    public void Answer() =>
        Bench.Require(gateway.HandleAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult().Status == 200);
}
