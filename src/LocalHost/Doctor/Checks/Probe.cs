using System.Net.Security;
using System.Text;

namespace VoiceFunctions.LocalHost.Doctor.Checks;

/// <summary>An answer to a look.</summary>
/// <param name="Status">The HTTP status; 0 where nobody answered.</param>
/// <param name="Body">The first bytes of the body as text.</param>
/// <param name="Date">The time by the answerer's clock; <c>null</c> where it is not told.</param>
/// <param name="Location">To where it redirects; <c>null</c> where it does not.</param>
/// <param name="Error">Why nobody answered.</param>
internal sealed record ProbeAnswer(int Status, string Body, DateTimeOffset? Date, Uri? Location, HttpRequestError Error)
{
    /// <summary>Why nobody answered, in words.</summary>
    public string Why => Error switch
    {
        HttpRequestError.NameResolutionError => "DNS does not know its name",
        HttpRequestError.SecureConnectionError => "its certificate is not trusted",
        HttpRequestError.ConnectionError => "nobody answers there",
        _ => "the connection broke",
    };
}

/// <summary>Requests by which doctor looks at a server; whatever happens is an answer.</summary>
internal static class Probe
{
    private const int MostBytes = 2 * 1024 * 1024; // The metrics of a busy gateway are the longest answer.

    /// <summary>Asks for a page without a secret, and whatever the server's certificate says: that has its own check.</summary>
    public static async Task<ProbeAnswer> GetAsync(DoctorVisit visit, string url, CancellationToken cancellationToken)
    {
#pragma warning disable CA5359 // Nothing secret is sent, and the certificate is looked at by itself.
        using var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
#pragma warning restore CA5359
        using var http = new HttpMessageInvoker(sockets);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        return await SendAsync(http, request, cancellationToken);
    }

    /// <summary>Sends a request.</summary>
    public static async Task<ProbeAnswer> SendAsync(
        HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[MostBytes];
            var length = await body.ReadAtLeastAsync(buffer, MostBytes, throwOnEndOfStream: false, cancellationToken);
            return new ProbeAnswer(
                (int)response.StatusCode,
                Encoding.UTF8.GetString(buffer, 0, length),
                response.Headers.Date,
                response.Headers.Location,
                HttpRequestError.Unknown);
        }
        catch (HttpRequestException failed)
        {
            return new ProbeAnswer(0, "", null, null, failed.HttpRequestError);
        }
        catch (IOException)
        {
            return new ProbeAnswer(0, "", null, null, HttpRequestError.ResponseEnded);
        }
    }
}
