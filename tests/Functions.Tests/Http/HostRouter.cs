using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Functions.Tests.Http;

/// <summary>
/// The routing of the Functions host over this app's functions: ASP.NET Core's own routes with a constraint on the method, tried in the
/// alphabetical order of the functions' names. That is how the host's FunctionMetadataManager sorts functions and its
/// WebScriptHostHttpRoutesManager maps them, without a prefix as in host.json.
/// </summary>
internal sealed class HostRouter : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider();
    private readonly RouteCollection routes = new();

    public HostRouter()
    {
        var resolver = services.GetRequiredService<IInlineConstraintResolver>();
        foreach (var (name, (_, trigger)) in HttpTriggers.All.OrderBy(door => door.Key, StringComparer.OrdinalIgnoreCase))
        {
            var constraints = new Dictionary<string, object>();
            if (trigger.Methods is { } methods)
            {
                constraints.Add("httpMethod", new HttpMethodRouteConstraint(methods));
            }

            routes.Add(new Route(new RouteHandler(_ => Task.CompletedTask), name, trigger.Route!, [], constraints, [], resolver));
        }
    }

    /// <summary>The function that gets a request; <c>null</c> where none does.</summary>
    public async Task<string?> FunctionOfAsync(string method, string rawPath)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = method;
#pragma warning disable CA2234 // A Uri would normalise the path; this decodes it as Kestrel does.
        context.Request.Path = PathString.FromUriComponent(rawPath);
#pragma warning restore CA2234
        var routing = new RouteContext(context);
        await routes.RouteAsync(routing);
        return routing.Handler is null ? null : routing.RouteData.Routers.OfType<Route>().Single().Name;
    }

    public void Dispose() => services.Dispose();
}
