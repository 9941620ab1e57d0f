namespace Denoised.LocalHost.Settings;

/// <summary>The folder of the sources that this program was built from.</summary>
internal static class Repository
{
    /// <summary>The nearest folder, upwards from the program's, that holds Functions.sln.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none: the program was copied elsewhere.</exception>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {start} holds Functions.sln: the local host runs out of the repository only.");
    }
}
