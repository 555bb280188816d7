using System.Reflection;
using System.Text.Json.Nodes;

namespace VoiceFunctions.Worker.Hosting;

/// <summary>The folder that the build published the app to.</summary>
internal static class PublishedApp
{
    /// <summary>Its full path.</summary>
    public static string Folder { get; } = typeof(PublishedApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "PublishedFunctions").Value!;

    /// <summary>What a host starts: the program, and the file that it is given.</summary>
    public static (string Program, string File) Worker
    {
        get
        {
            var description = Json("worker.config.json")["description"]!;
            return ((string)description["defaultExecutablePath"]!, PathOf((string)description["defaultWorkerPath"]!));
        }
    }

    /// <summary>The full path of a published file.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>A published JSON file.</summary>
    public static JsonNode Json(string name) => JsonNode.Parse(File.ReadAllText(PathOf(name)))!;
}
