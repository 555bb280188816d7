using System.Globalization;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Requests;

/// <summary>Reads and checks what is asked for with a call to a phone. What is wrong is named by its field, never repeated.</summary>
/// <param name="numbers">Reads numbers.</param>
/// <param name="routes">Knows our own numbers.</param>
/// <param name="defaultFrom">The number that the callee sees where none is asked for; <c>null</c> for the trunk's own.</param>
internal sealed class OutboundCallReader(NumberReader numbers, RouteTable routes, PhoneNumber? defaultFrom)
{
    /// <summary>How far ahead a call may be asked for.</summary>
    public static TimeSpan Furthest { get; } = TimeSpan.FromDays(30);

    /// <summary>The request; <c>null</c> where something is wrong.</summary>
    /// <param name="body">What came.</param>
    /// <param name="tenant">Who asks.</param>
    /// <param name="now">The time.</param>
    /// <param name="error">What is wrong, in a sentence.</param>
    public CallFact.CallRequested? Read(OutboundCallBody body, string tenant, DateTimeOffset now, out string error)
    {
        error = "";
        var to = NumberOf(body.To, "to", ref error);
        var from = body.From is null ? defaultFrom : NumberOf(body.From, "from", ref error);
        var notBefore = TimeOf(body.NotBefore, now, ref error);
        var metadata = RequestFields.ObjectOf(body.Metadata, "metadata", ref error);
        var config = RequestFields.ObjectOf(body.AgentConfig, "agentConfig", ref error);
        RequestFields.CheckWord(body.Agent, "agent", ref error);
        if (error.Length == 0)
        {
            error = to == from ? "to is the number that we call from."
                : routes.IsOwn(to!.E164) ? "to is a number of our own: the call would come back here."
                : routes.IsForeign(new RouteQuery(from?.E164) { Caller = to.E164, Tenant = tenant })
                    ? "from is not a number of yours: name one of your own."
                : body.Agent is not null && string.IsNullOrWhiteSpace(body.Agent) ? "agent must not be empty."
                : "";
        }

        if (error.Length > 0)
        {
            return null;
        }

        var request = new CallFact.CallRequested
        {
            Tenant = tenant,
            To = to!.E164,
            From = from?.E164,
            Agent = body.Agent,
            AgentConfig = config,
            Metadata = metadata,
            NotBefore = notBefore,
        };
        error = RequestFields.AgentFault(request, routes) ?? "";
        return error.Length == 0 ? request : null;
    }

    private PhoneNumber? NumberOf(string? text, string field, ref string error)
    {
        if (error.Length > 0)
        {
            return null;
        }

        error = string.IsNullOrWhiteSpace(text) ? $"{field} is missing."
            : numbers.IsEmergency(text) ? $"{field} is an emergency or short number, and those are not called."
            : numbers.TryRead(text, null, out var number) ? ""
            : $"{field} must be a number in E.164, such as +15550100123"
                + (numbers.HasRegion ? ", or a national number of DEFAULT_REGION." : ".");
        return error.Length == 0 && numbers.TryRead(text!, null, out var read) ? read : null;
    }

    private static DateTimeOffset? TimeOf(string? text, DateTimeOffset now, ref string error)
    {
        if (text is null || error.Length > 0)
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            error = "notBefore must be a time such as 2026-12-24T09:00:00Z.";
            return null;
        }

        error = time > now + Furthest ? $"notBefore must not be more than {Furthest.Days} days ahead." : "";
        return time;
    }
}
