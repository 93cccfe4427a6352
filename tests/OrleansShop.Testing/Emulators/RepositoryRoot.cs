namespace OrleansShop.Testing.Emulators;

/// <summary>The folder that holds OrleansShop.sln, found upwards from the running tests.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "OrleansShop.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds OrleansShop.sln: tests run from inside the repository.");
    }
}
