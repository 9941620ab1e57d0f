namespace Denoised.Simulators;

/// <summary>The folder with <c>Functions.sln</c>, found from the output folder of the program.</summary>
public static class RepositoryFolder
{
    /// <summary>The path of the folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>Returns the path of a file or folder of the repository.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} contains Functions.sln.");
    }
}
