using VoiceFunctions.Core.Twilio;

namespace VoiceFunctions.Functions.Tests.World;

/// <summary>A Twilio that notes what it is told to do with live calls.</summary>
internal sealed class PhoneDesk : ITwilioCalls
{
    /// <summary>Every order, in order: the call's sid and the document, or no document to hang up.</summary>
    public List<(string CallSid, string? Twiml)> Orders { get; } = [];

    /// <summary>The accounts for which the orders were given, in the same order.</summary>
    public List<string?> Accounts { get; } = [];

    /// <summary>Whether orders get nowhere.</summary>
    public bool IsAway { get; set; }

    public Task<TwilioCallOutcome> RedirectAsync(string? accountSid, CallSid callSid, string twiml, CancellationToken cancellationToken)
    {
        Accounts.Add(accountSid);
        Orders.Add((callSid.Value, twiml));
        return Task.FromResult(IsAway ? TwilioCallOutcome.Failed : TwilioCallOutcome.Done);
    }

    public Task<TwilioCallOutcome> HangUpAsync(string? accountSid, CallSid callSid, CancellationToken cancellationToken)
    {
        Accounts.Add(accountSid);
        Orders.Add((callSid.Value, null));
        return Task.FromResult(IsAway ? TwilioCallOutcome.Failed : TwilioCallOutcome.Done);
    }
}
