using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace VoiceFunctions.Functions.Http;

/// <summary>
/// Answers every request that no other function takes: a route behind the path prefix of PUBLIC_URL, which a proxy left on, is served; an
/// unknown path, or a method that a path does not have, gets a problem instead of the host's empty 404.
/// </summary>
public sealed class UnroutedFunction(FunctionsHttpAdapter front)
{
    /// <summary>
    /// The function's name. The host knows no precedence of routes: it tries them in the alphabetical order of their functions and takes
    /// the first whose template and methods fit. This one fits everything, so its name has to be the last of all.
    /// </summary>
    public const string FunctionName = "Unrouted";

    /// <summary>Any path but one that begins with two slashes, which no template takes; and, for want of a list, any method.</summary>
    [Function(FunctionName)]
    public Task<HttpResponseData> AnswerAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => front.AnswerAsync(request, client, cancellationToken);
}
