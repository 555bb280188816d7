namespace VoiceFunctions.Testing;

/// <summary>Finds the files of this repository from wherever the tests run.</summary>
public static class Repository
{
    /// <summary>The folder that holds VoiceFunctions.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a file or folder named from the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VoiceFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No VoiceFunctions.sln above {AppContext.BaseDirectory}.");
    }
}
