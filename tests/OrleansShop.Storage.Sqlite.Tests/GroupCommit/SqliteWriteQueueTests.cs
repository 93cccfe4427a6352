using Microsoft.Data.Sqlite;
using OrleansShop.Storage.Sqlite.Files;
using OrleansShop.Storage.Sqlite.GroupCommit;
using Xunit;

namespace OrleansShop.Storage.Sqlite.Tests.GroupCommit;

public sealed class SqliteWriteQueueTests : IAsyncDisposable
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS numbers (n INTEGER PRIMARY KEY);";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("write-queue-");
    private readonly SqliteDatabase _database;
    private readonly SqliteWriteQueue _queue;

    public SqliteWriteQueueTests()
    {
        _database = new SqliteDatabase(Path.Combine(_folder.FullName, "sub", "numbers.db"));
        _queue = new SqliteWriteQueue(_database, Schema);
    }

    [Fact]
    public async Task A_write_is_there_for_other_connections_when_its_task_ends()
    {
        await InsertAsync(7);

        Assert.Equal([7], Stored());
    }

    [Fact]
    public async Task Writes_from_many_callers_all_commit()
    {
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(n => Task.Run(() => InsertAsync(n))));

        Assert.Equal(Enumerable.Range(0, 2000).Select(n => (long)n), Stored());
    }

    [Fact]
    public async Task A_write_that_fails_is_undone_alone()
    {
        await InsertAsync(1);

        var writes = Enumerable.Range(0, 100).Select(n => n == 50 ? InsertTwiceAsync(50, 1) : InsertAsync(100 + n)).ToArray();
        await Assert.ThrowsAsync<SqliteException>(() => writes[50]);
        await Task.WhenAll(writes.Where((_, n) => n != 50));

        Assert.Equal(100, Stored().Count);
        Assert.DoesNotContain(50, Stored());
    }

    [Fact]
    public async Task Waiting_writes_are_carried_out_before_the_queue_closes()
    {
        var writes = Enumerable.Range(0, 300).Select(InsertAsync).ToArray();

        await _queue.DisposeAsync();
        await Task.WhenAll(writes);

        Assert.Equal(300, Stored().Count);
    }

    [Fact]
    public async Task A_closed_queue_refuses_writes_by_name()
    {
        await _queue.DisposeAsync();

        var refused = await Assert.ThrowsAsync<ObjectDisposedException>(() => InsertAsync(1));
        Assert.Contains(_database.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_when_it_is_opened()
    {
        var path = Path.Combine(_folder.FullName, "text.db");
        File.WriteAllText(path, new string('x', 4096));

        Assert.Throws<SqliteException>(() => new SqliteWriteQueue(new SqliteDatabase(path), Schema));
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _database.ReleaseConnections();
        _folder.Delete(recursive: true);
    }

    private Task<int> InsertAsync(int number) => _queue.EnqueueAsync(connection => Insert(connection, number));

    private Task<int> InsertTwiceAsync(int first, int second) =>
        _queue.EnqueueAsync(connection => Insert(connection, first) + Insert(connection, second));

    private static int Insert(SqliteConnection connection, int number)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO numbers VALUES ($n)";
        command.Parameters.AddWithValue("$n", number);
        return command.ExecuteNonQuery();
    }

    private List<long> Stored()
    {
        using var connection = _database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT n FROM numbers ORDER BY n";
        using var reader = command.ExecuteReader();
        var numbers = new List<long>();
        while (reader.Read())
        {
            numbers.Add(reader.GetInt64(0));
        }

        return numbers;
    }
}
