using System.Runtime.CompilerServices;

namespace OrleansShop.Engine.Generator.Tests.Running;

/// <summary>Compares text with a file beside the tests. Run the tests with <c>UPDATE_SNAPSHOTS=1</c> to rewrite the files, then read the difference.</summary>
internal static class Snapshot
{
    public static void Matches(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots", name + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing. Run the tests with UPDATE_SNAPSHOTS=1 to write it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
