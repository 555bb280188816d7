using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Api;

/// <summary>One method of the API: what a token needs for it, and what it does.</summary>
internal sealed record TwirpMethod(Func<LiveKitGrants, TwirpRequest, bool> Allows, Func<TwirpRequest, Task<TwirpReply>> Do);

/// <summary>
/// The HTTP side of the API: routes, tokens, grants and the errors of a real server, in the order in which it makes them.
/// </summary>
internal sealed class TwirpRouter(SimulationTime time, LiveKitKeyring keys, IReadOnlyDictionary<string, TwirpMethod> methods)
{
    private const string Prefix = "/twirp/livekit.";

    /// <summary>How long a call that times out is silent.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private static readonly string[] Services = ["RoomService", "AgentDispatchService", "SIP", "Egress", "Ingress"];

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> calls = [];

    /// <summary>Whether the server is dead: whatever it is asked, nobody answers.</summary>
    public bool IsDown { get; set; }

    /// <summary>Is told of each call that is done, and of the room that it names.</summary>
    public Action<string, string> Asked { get; set; } = (_, _) => { };

    /// <summary>Decides what goes wrong with a call; <c>null</c> for nothing.</summary>
    public Func<ApiCall, ApiFault?> Faults { get; set; } = _ => null;

    public async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var answer = await AnswerAsync(context, body.ToArray());
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private async Task<TwirpReply> AnswerAsync(HttpContext context, byte[] body)
    {
        var path = context.Request.Path.Value ?? "";
        if (IsDown)
        {
            return TwirpReply.NoResponse;
        }

        if (TokenFault(context, out var grants) is { } refused)
        {
            return refused;
        }

        var service = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..].Split('/')[0] : "";
        if (!Services.Contains(service))
        {
            return TwirpReply.PageNotFound;
        }

        var verb = context.Request.Method;
        if (verb != "POST")
        {
            return TwirpReply.BadRoute($"unsupported method \"{verb}\" (only POST is allowed)", verb, path);
        }

        var name = path[Prefix.Length..];
        if (!methods.TryGetValue(name, out var method))
        {
            return TwirpReply.BadRoute($"no handler for path \"{path}\"", verb, path);
        }

        var contentType = context.Request.ContentType ?? "";
        if (contentType.Split(';')[0].Trim() != "application/json")
        {
            return TwirpReply.BadRoute($"unexpected Content-Type: \"{contentType}\"", verb, path);
        }

        try
        {
            return TwirpRequest.Parse(body) is not { } request ? TwirpReply.Malformed
                : !method.Allows(grants, request) ? TwirpReply.PermissionsDenied
                : await DoAsync(name, () => DoAsync(name, method, request));
        }
        catch (FormatException)
        {
            return TwirpReply.Malformed;
        }
    }

    private Task<TwirpReply> DoAsync(string name, TwirpMethod method, TwirpRequest request)
    {
        foreach (var room in request.Rooms)
        {
            Asked(name, room);
        }

        return method.Do(request);
    }

    private async Task<TwirpReply> DoAsync(string name, Func<Task<TwirpReply>> action)
    {
        switch (Faults(Count(name)))
        {
            case null:
                return await action();
            case ApiFault.ServerError:
                return TwirpReply.Error(500, "internal", "simulated failure");
            case ApiFault.TimeOutUndone:
                await time.Delay(Silence, CancellationToken.None);
                return TwirpReply.NoResponse;
            case ApiFault.TimeOutDone:
                await action();
                await time.Delay(Silence, CancellationToken.None);
                return TwirpReply.NoResponse;
            case ApiFault.FailedDone:
                await action();
                return TwirpReply.NoResponse;
            case ApiFault.Delayed(var by):
                await time.Delay(by, CancellationToken.None);
                return await action();
            default:
                throw new UnreachableException();
        }
    }

    private ApiCall Count(string name)
    {
        lock (gate)
        {
            return new ApiCall(name, calls[name] = calls.GetValueOrDefault(name) + 1);
        }
    }

    /// <summary>A bad token is refused before anything else is looked at, in plain text; no token at all just has no grants.</summary>
    private TwirpReply? TokenFault(HttpContext context, out LiveKitGrants grants)
    {
        grants = LiveKitGrants.None;
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return null;
        }

        const string bearer = "Bearer ";
        var token = header.StartsWith(bearer, StringComparison.Ordinal) ? header[bearer.Length..] : "";
        if (IssuerOf(token) is not { } issuer)
        {
            return TwirpReply.Text(401, "invalid authorization token");
        }

        if (keys.Find(issuer) is null)
        {
            return TwirpReply.Text(401, $"invalid API key: {issuer}");
        }

        if (!LiveKitToken.TryVerify(keys, token, time.Clock.GetUtcNow(), out var claims))
        {
            return TwirpReply.Text(401, $"invalid token: {token}, error: token is not valid");
        }

        grants = claims.Grants;
        return null;
    }

    /// <summary>What a token says of its issuer; <c>null</c> where it is no token.</summary>
    private static string? IssuerOf(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
        {
            return null;
        }

        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims.RootElement.TryGetProperty("iss", out var issuer) ? issuer.ToString() : "";
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
