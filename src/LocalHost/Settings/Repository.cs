namespace Denoised.LocalHost.Settings;

/// <summary>The repository that this program was built from.</summary>
internal static class Repository
{
    /// <summary>The closest ancestor folder of the program that contains Functions.sln.</summary>
    /// <exception cref="DirectoryNotFoundException">The program was copied out of the repository.</exception>
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
