using OrleansShop.AppHost.Starting;
using Xunit;

namespace OrleansShop.AppHost.Tests;

public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _temp = Directory.CreateTempSubdirectory("data-folder-");

    private DirectoryInfo Folder => new(Path.Combine(_temp.FullName, "data"));

    [Fact]
    public void A_folder_that_does_not_exist_is_created()
    {
        using var folder = DataFolder.Open(Folder, reset: false);

        Assert.True(Directory.Exists(folder.Path));
        Assert.StartsWith(folder.Path, folder.MonolithDatabase, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_kept_is_there_at_the_next_start()
    {
        Keep("kept");

        using var folder = DataFolder.Open(Folder, reset: false);
        Assert.Equal("kept", File.ReadAllText(folder.MonolithDatabase));
    }

    [Fact]
    public void A_reset_deletes_what_was_kept_and_nothing_outside()
    {
        Keep("gone");
        var neighbour = Path.Combine(_temp.FullName, "neighbour.txt");
        File.WriteAllText(neighbour, "stays");

        using var folder = DataFolder.Open(Folder, reset: true);

        Assert.False(File.Exists(folder.MonolithDatabase));
        Assert.False(Directory.Exists(folder.Services));
        Assert.Equal("stays", File.ReadAllText(neighbour));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_with_foreign_files_is_refused_by_name_and_left_alone(bool reset)
    {
        Folder.Create();
        var foreign = Path.Combine(Folder.FullName, "thesis.txt");
        File.WriteAllText(foreign, "years of work");

        var refused = Assert.Throws<StartFailedException>(() => DataFolder.Open(Folder, reset));

        Assert.Contains(Folder.FullName, refused.Message, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(foreign));
    }

    [Fact]
    public void A_folder_is_held_by_one_at_a_time()
    {
        using (DataFolder.Open(Folder, reset: false))
        {
            var refused = Assert.Throws<StartFailedException>(() => DataFolder.Open(Folder, reset: false));
            Assert.Contains("--data-dir", refused.Message, StringComparison.Ordinal);
        }

        DataFolder.Open(Folder, reset: false).Dispose();
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused_by_name()
    {
        File.WriteAllText(Folder.FullName, "a file");

        var refused = Assert.Throws<StartFailedException>(() => DataFolder.Open(Folder, reset: false));
        Assert.Contains(Folder.FullName, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Delete(recursive: true);

    private void Keep(string text)
    {
        using var folder = DataFolder.Open(Folder, reset: false);
        File.WriteAllText(folder.MonolithDatabase, text);
        Directory.CreateDirectory(folder.Services);
    }
}
