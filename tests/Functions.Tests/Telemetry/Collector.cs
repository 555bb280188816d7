using System.IO.Compression;
using System.Net;
using System.Text;
using System.Threading.Channels;

namespace VoiceFunctions.Functions.Tests.Telemetry;

/// <summary>An ingestion endpoint on this machine that takes whatever it is sent.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Channel<string> bodies = Channel.CreateUnbounded<string>();
    private readonly StringBuilder received = new();

    public Collector()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        probe.Stop();
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = TakeAsync();
    }

    public string Address { get; }

    /// <summary>Everything that was received, as soon as it holds that text.</summary>
    public async Task<string> ReceiveUntilAsync(string text, CancellationToken cancellationToken)
    {
        while (await bodies.Reader.WaitToReadAsync(cancellationToken) && bodies.Reader.TryRead(out var body))
        {
            received.Append(body);
            if (body.Contains(text, StringComparison.Ordinal))
            {
                break;
            }
        }

        return received.ToString();
    }

    public void Dispose() => listener.Close();

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                var isZipped = context.Request.Headers["Content-Encoding"] == "gzip";
                await using var body = isZipped
                    ? new GZipStream(context.Request.InputStream, CompressionMode.Decompress)
                    : context.Request.InputStream;
                using var reader = new StreamReader(body);
                bodies.Writer.TryWrite(await reader.ReadToEndAsync());
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync("{\"itemsReceived\":1,\"itemsAccepted\":1,\"errors\":[]}"u8.ToArray());
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            bodies.Writer.Complete();
        }
    }
}
