using VoiceFunctions.Bench.Calls;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Bench;

/// <summary>Voice webhooks with the fields that Twilio sends for a call from the telephone network.</summary>
internal sealed class TwilioRequest
{
    /// <summary>How many calls a gateway gets before a fresh one with an empty journal takes its place.</summary>
    private const int Calls = 4096;

    private readonly TwilioSignature signature = new(PlainCall.PublicUrl, [PlainCall.Token]);
    private readonly GatewayRequest[] requests = [.. Enumerable.Range(0, Calls).Select(Request)];
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();
    private readonly Bench deciding = new();
    private Bench bench = new();
    private int next;

    public byte[] Body => requests[0].Body.ToArray();

    public TwilioForm Verify()
    {
        Bench.Require(signature.Verify(requests[0], out var form) == TwilioVerification.Authentic);
        return form!;
    }

    /// <summary>From the webhook to what is next for its call; nothing is stored.</summary>
    public CallDecision Decide()
    {
        Bench.Require(VoiceArrival.TryParse(Verify(), out var arrival, out _, Bench.Settings.Numbers));
        var callSid = arrival!.CallSid.Value;
        var fact = new CallFact.CallAnnounced(callSid, arrival.From.Text, arrival.To.Text)
        {
            AccountSid = arrival.AccountSid,
            Direction = arrival.Direction,
            Verdict = arrival.Verdict,
        };
        var announced = new CallEvent($"{callSid}:arrived", now, fact);
        return deciding.Evaluator.Evaluate(new CallHistory(CallId.ForTwilio(callSid), "1", [announced], []), now).Decision;
    }

    /// <summary>Answers the webhook of another call each time.</summary>
    public void Answer()
    {
        if (next == Calls)
        {
            (next, bench) = (0, new Bench());
        }

        bench.Answer(requests[next++]);
    }

    /// <summary>Answers the same webhook again and again, as if Twilio repeated it.</summary>
    public void AnswerAgain() => bench.Answer(requests[0]);

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
                $"AccountSid={PlainCall.Account}",
                "CalledCountry=US",
                "CallerCity=SAN FRANCISCO",
                "ToCity=",
                "FromCountry=US",
                "Caller=+15550101234",
                "FromCity=SAN FRANCISCO",
            ])
            .Select(field => field.Split('=', 2)).Select(field => KeyValuePair.Create(field[0], field[1])));
        var signed = TwilioSignature.Sign($"{PlainCall.PublicUrl}/twilio/voice", TwilioForm.Parse(body), PlainCall.Token);
        return new GatewayRequest(
            "POST",
            "/twilio/voice",
            name => name == TwilioSignature.HeaderName
                ? signed
                : name == "Content-Type" ? "application/x-www-form-urlencoded; charset=UTF-8" : null,
            body);
    }
}
