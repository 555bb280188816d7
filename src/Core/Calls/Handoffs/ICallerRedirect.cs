using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.Handoffs;

/// <summary>Gives a caller who came over a provider's telephone network to another number, by that provider.</summary>
public interface ICallerRedirect
{
    /// <summary>
    /// Has the caller's phone connected with a number. <c>true</c> where the provider took that over, <c>false</c> where the caller is no
    /// longer on the line, and <c>null</c> where nobody knows. Repeating it makes the number ring anew.
    /// </summary>
    /// <param name="state">The call.</param>
    /// <param name="to">The number.</param>
    /// <param name="ringTime">How long it rings.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<bool?> RedirectAsync(CallState state, PhoneNumber to, TimeSpan ringTime, CancellationToken cancellationToken);
}
