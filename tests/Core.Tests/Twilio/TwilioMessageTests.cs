using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

public sealed class TwilioMessageTests
{
    private const string Caller = "CA0123456789abcdef0123456789abcdef";
    private const string Callee = "CAffffffffffffffffffffffffffffffff";

    private static readonly TwilioForm Arrival = Signed.Form(
        ("CallSid", Caller),
        ("AccountSid", "AC1"),
        ("From", "+14155550123"),
        ("To", "+18005551212"),
        ("Direction", "inbound"),
        ("CallStatus", "ringing"),
        ("StirVerstat", "TN-Validation-Passed-A"),
        ("ForwardedFrom", "+14155550199"),
        ("CallerName", "ZOE"),
        ("FromCity", ""));

    [Fact]
    public void An_arrival_says_who_calls_whom()
    {
        Assert.True(VoiceArrival.TryParse(Arrival, out var arrival, out _));

        Assert.Equal(Caller, arrival.CallSid.Value);
        Assert.Equal("AC1", arrival.AccountSid);
        Assert.Equal("+14155550123", arrival.From.Dialable?.E164);
        Assert.Equal("+18005551212", arrival.To.Dialable?.E164);
        Assert.Equal(TwilioCallStatus.Ringing, arrival.CallStatus);
    }

    [Fact]
    public void An_arrival_needs_no_more_than_a_CallSid()
    {
        Assert.True(VoiceArrival.TryParse(Signed.Form(("CallSid", Caller), ("CallStatus", "sideways")), out var arrival, out _));

        Assert.IsType<CallerAddress.Anonymous>(arrival.From);
        Assert.Null(arrival.AccountSid);
        Assert.Equal(TwilioCallStatus.Unknown, arrival.CallStatus);
    }

    [Fact]
    public void Printing_an_arrival_tells_nobody_who_called()
    {
        Assert.True(VoiceArrival.TryParse(Arrival, out var arrival, out _));

        Assert.Equal($"{Caller} from +1•••0123 to +1•••1212", arrival.ToString());
    }

    [Theory]
    [InlineData("", "CallSid is missing.")]
    [InlineData("CA1234567890ABCDE", "CallSid is not CA and 32 hexadecimal digits.")]
    [InlineData("XX0123456789abcdef0123456789abcdef", "CallSid is not CA and 32 hexadecimal digits.")]
    [InlineData("CA0123456789abcdef0123456789abcdeg", "CallSid is not CA and 32 hexadecimal digits.")]
    [InlineData("CA0123456789abcdef0123456789abcdef0", "CallSid is not CA and 32 hexadecimal digits.")]
    public void Without_a_readable_CallSid_a_message_says_what_is_wrong(string callSid, string reason)
    {
        var form = Signed.Form(("CallSid", callSid));

        Assert.False(VoiceArrival.TryParse(form, out _, out var arrivalReason));
        Assert.False(DialResult.TryParse(form, out _, out var dialReason));
        Assert.False(StatusCallback.TryParse(form, out _, out var callbackReason));
        Assert.Equal([reason, reason, reason], [arrivalReason, dialReason, callbackReason]);
    }

    [Fact]
    public void A_form_without_a_CallSid_says_so()
    {
        Assert.False(VoiceArrival.TryParse(TwilioForm.Empty, out _, out var reason));

        Assert.Equal("CallSid is missing.", reason);
    }

    [Fact]
    public void A_CallSid_is_kept_as_Twilio_wrote_it()
    {
        Assert.True(CallSid.TryParse("CA0123456789ABCDEFabcdef0123456789", out var callSid));

        Assert.Equal("CA0123456789ABCDEFabcdef0123456789", callSid.ToString());
    }

    [Fact]
    public void A_dial_result_says_how_the_dial_ended()
    {
        var form = Signed.Form(
            ("CallSid", Caller),
            ("DialCallStatus", "completed"),
            ("DialCallSid", Callee),
            ("DialBridged", "true"),
            ("DialSipResponseCode", "200"));

        Assert.True(DialResult.TryParse(form, out var result, out _));

        Assert.Equal(
            (Caller, TwilioDialStatus.Completed, Callee, true, 200),
            (result.CallSid.Value, result.Status, result.DialCallSid?.Value, result.DialBridged, result.SipResponseCode));
    }

    [Theory]
    [InlineData("completed", "true", true)]
    [InlineData("completed", "", true)]
    [InlineData("completed", "false", false)]
    [InlineData("answered", "", true)]
    [InlineData("busy", "", false)]
    [InlineData("no-answer", "", false)]
    [InlineData("failed", "", false)]
    [InlineData("canceled", "", false)]
    [InlineData("failed", "true", true)] // the line broke after they had spoken
    [InlineData("Completed", "", false)]
    [InlineData("a new word", "perhaps", false)]
    [InlineData("", "", false)]
    public void A_caller_who_heard_nobody_was_not_bridged(string status, string bridged, bool expected)
    {
        Assert.True(DialResult.TryParse(
            Signed.Form(("CallSid", Caller), ("DialCallStatus", status), ("DialBridged", bridged)), out var result, out _));

        Assert.Equal(expected, result.WasBridged);
    }

    [Fact]
    public void What_a_dial_result_does_not_say_is_unknown()
    {
        Assert.True(DialResult.TryParse(Signed.Form(("CallSid", Caller), ("DialSipResponseCode", "99999999999")), out var result, out _));

        Assert.Equal(TwilioDialStatus.Unknown, result.Status);
        Assert.Null(result.DialCallSid);
        Assert.Null(result.DialBridged);
        Assert.Null(result.SipResponseCode);
    }

    [Fact]
    public void A_status_callback_of_the_dialled_leg_names_the_callers_leg()
    {
        var form = Signed.Form(
            ("CallSid", Callee), ("ParentCallSid", Caller), ("CallStatus", "completed"), ("SequenceNumber", "3"));

        Assert.True(StatusCallback.TryParse(form, out var callback, out _));

        Assert.Equal(Caller, callback.CallerLegSid.Value);
        Assert.Equal(TwilioCallStatus.Completed, callback.CallStatus);
        Assert.Equal(3, callback.SequenceNumber);
        Assert.Equal($"{Callee}:completed:3", callback.DeliveryId);
    }

    [Fact]
    public void A_status_callback_of_the_callers_leg_names_itself()
    {
        Assert.True(StatusCallback.TryParse(Signed.Form(("CallSid", Caller), ("CallStatus", "completed")), out var callback, out _));

        Assert.Equal(Caller, callback.CallerLegSid.Value);
        Assert.Equal($"{Caller}:completed:0", callback.DeliveryId);
    }

    [Fact]
    public void A_status_callback_of_a_leg_whose_parent_is_unreadable_belongs_to_no_call()
    {
        Assert.False(StatusCallback.TryParse(Signed.Form(("CallSid", Callee), ("ParentCallSid", "CA1")), out var callback, out var reason));

        Assert.Null(callback);
        Assert.Equal("ParentCallSid is not CA and 32 hexadecimal digits.", reason);
    }

    [Theory]
    [InlineData("queued", TwilioCallStatus.Queued, false)]
    [InlineData("initiated", TwilioCallStatus.Initiated, false)]
    [InlineData("ringing", TwilioCallStatus.Ringing, false)]
    [InlineData("in-progress", TwilioCallStatus.InProgress, false)]
    [InlineData("completed", TwilioCallStatus.Completed, true)]
    [InlineData("busy", TwilioCallStatus.Busy, true)]
    [InlineData("failed", TwilioCallStatus.Failed, true)]
    [InlineData("no-answer", TwilioCallStatus.NoAnswer, true)]
    [InlineData("canceled", TwilioCallStatus.Canceled, true)]
    [InlineData("teleported", TwilioCallStatus.Unknown, false)]
    public void A_leg_has_ended_by_Twilios_word(string word, TwilioCallStatus status, bool isTerminal)
    {
        Assert.True(StatusCallback.TryParse(Signed.Form(("CallSid", Caller), ("CallStatus", word)), out var callback, out _));

        Assert.Equal((status, isTerminal, $"{Caller}:{word}:0"), (callback.CallStatus, callback.IsTerminal, callback.DeliveryId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("in progress#")]
    public void A_status_that_is_no_word_does_not_get_into_a_key(string status)
    {
        Assert.True(StatusCallback.TryParse(Signed.Form(("CallSid", Caller), ("CallStatus", status)), out var callback, out _));

        Assert.Equal($"{Caller}:unknown:0", callback.DeliveryId);
    }
}
