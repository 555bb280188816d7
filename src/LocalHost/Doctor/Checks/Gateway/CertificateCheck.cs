using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Gateway;

/// <summary>
/// PUBLIC_URL's certificate is one that Twilio and LiveKit take: of that name, trusted, with its chain, and valid for some time.
/// </summary>
internal sealed class CertificateCheck : IDoctorCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public string Id => CheckNames.Certificate;

    public IReadOnlyList<string> Needs => [CheckNames.PublicUrl];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        var url = new Uri(visit.Settings.PublicUrl);
        if (url.Scheme != Uri.UriSchemeHttps)
        {
            return Finding.Ok("none is needed, because PUBLIC_URL is http");
        }

        var errors = SslPolicyErrors.None;
        DateTimeOffset? until = null;
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(url.Host, url.Port, cancellationToken);
#pragma warning disable CA5359 // The certificate is looked at, and nothing is sent.
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = url.Host,
                    RemoteCertificateValidationCallback = (_, certificate, _, found) =>
                    {
                        errors = found;
                        until = certificate is X509Certificate2 leaf ? leaf.NotAfter.ToUniversalTime() : null;
                        return true;
                    },
                },
                cancellationToken);
#pragma warning restore CA5359
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException or SocketException)
        {
            return Finding.Fail($"{url.Host} does not use TLS on that port", $"check that {SettingNames.PublicUrl} has the right port");
        }

        var left = until - visit.Time.GetUtcNow();
        return left < TimeSpan.Zero ? Finding.Fail($"it expired on {until:yyyy-MM-dd}", "renew it")
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? Finding.Fail($"it is not for the name {url.Host}", "get one for that name, or set PUBLIC_URL to the certificate's name")
            : errors != SslPolicyErrors.None
            ? Finding.Fail(
                "it is self-signed, or sent without its chain: Twilio and LiveKit do not accept it",
                "use one of a public certificate authority, and let the server send the intermediate certificates too")
            : left < Soon ? Finding.Warn($"it expires on {until:yyyy-MM-dd}", "make sure that it is renewed automatically")
            : Finding.Ok($"valid until {until:yyyy-MM-dd}");
    }
}
