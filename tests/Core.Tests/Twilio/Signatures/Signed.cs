using System.Text;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>Requests as a host hands them over.</summary>
internal static class Signed
{
    public static GatewayRequest Post(string target, string? signature, params (string Name, string Value)[] fields) =>
        Request("POST", target, signature, TwilioForm.Encode(Pairs(fields)));

    public static GatewayRequest Request(string method, string target, string? signature, byte[] body) =>
        new(method, target, name => name.Equals("x-twilio-signature", StringComparison.OrdinalIgnoreCase) ? signature : null, body);

    public static GatewayRequest PostText(string target, string? signature, string body) =>
        Request("POST", target, signature, Encoding.UTF8.GetBytes(body));

    public static TwilioForm Form(params (string Name, string Value)[] fields) => TwilioForm.Parse(TwilioForm.Encode(Pairs(fields)));

    private static IEnumerable<KeyValuePair<string, string>> Pairs((string Name, string Value)[] fields) =>
        fields.Select(field => KeyValuePair.Create(field.Name, field.Value));
}
