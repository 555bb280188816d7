using System.Reflection;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>Which version of the gateway this is.</summary>
internal static class GatewayVersion
{
    /// <summary>The version, without the commit.</summary>
    public static string Text { get; } = typeof(GatewayVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        ?.InformationalVersion.Split('+')[0] ?? "0";
}
