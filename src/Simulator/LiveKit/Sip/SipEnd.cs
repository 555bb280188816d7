namespace VoiceFunctions.Simulator.LiveKit.Sip;

/// <summary>How a SIP leg ended, seen from the phone.</summary>
public abstract record SipEnd
{
    private SipEnd()
    {
    }

    /// <summary>The phone hung up: a BYE, or a CANCEL where it still rang.</summary>
    public sealed record HungUp : SipEnd;

    /// <summary>LiveKit hung up an answered call, for a reason that it names in its webhook.</summary>
    public sealed record Disconnected(string Reason) : SipEnd;

    /// <summary>
    /// LiveKit refused the call with a final SIP status: 486 where nobody answered in time or it was put out of the room,
    /// 401 where the password is wrong.
    /// </summary>
    public sealed record Refused(int SipStatus) : SipEnd;
}
