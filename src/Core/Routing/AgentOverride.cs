using System.Text.Json;
using VoiceFunctions.Core.Agents;

namespace VoiceFunctions.Core.Routing;

/// <summary>The agent that was asked for with a call, in the place of the route's.</summary>
public static class AgentOverride
{
    /// <summary>The route's agent with what was asked for.</summary>
    /// <param name="agent">The route's.</param>
    /// <param name="name">The name; <c>null</c> for the one that <paramref name="config"/> or else the route has.</param>
    /// <param name="config">JSON as an agent of the routes; <c>null</c> for nothing. What cannot be read changes nothing.</param>
    public static AgentConfig Of(AgentConfig agent, string? name, string? config)
    {
        var asked = config is not null && Read(config) is { } json ? RouteFile.Agent(json, agent, "", []) : agent;
        return name is null ? asked : asked with { Name = name };
    }

    /// <summary>What is wrong with a configuration, in a sentence; <c>null</c> for nothing.</summary>
    public static string? Fault(string config)
    {
        var errors = new List<string>();
        if (Read(config) is not { } json)
        {
            return "agentConfig has the fields of a route's agent: name, prompt, greeting, voice, model, tools, noise_cancellation_type.";
        }

        RouteFile.Agent(json, new AgentConfig(""), "agentConfig", errors);
        return errors.FirstOrDefault() is { } error ? $"{error}." : null;
    }

    private static AgentJson? Read(string config)
    {
        try
        {
            return JsonSerializer.Deserialize(config, RouteFileContext.Default.AgentJson);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
