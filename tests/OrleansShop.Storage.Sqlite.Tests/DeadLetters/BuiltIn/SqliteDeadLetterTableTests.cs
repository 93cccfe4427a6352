using Microsoft.Data.Sqlite;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Storage.Sqlite.DeadLetters;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Storage.Sqlite.Tests.DeadLetters;

public sealed class SqliteDeadLetterTableTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Subscription = Guid.Parse("b1b6a7e4-31c8-4a7c-9d13-1f6f2f3e0a01");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dead-letters-");
    private readonly ManualTimeProvider _time = new(Noon);
    private readonly List<SqliteDeadLetterTable> _opened = [];

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var table in _opened)
            await table.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_added_is_read_as_it_was_by_whoever_opens_the_file_after()
    {
        var added = Row("one") with { Reason = Row("one").Reason with { ExceptionDetail = "at Somewhere()", TraceParent = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01" } };
        await Open().AddAsync(added, default);
        await _opened[0].DisposeAsync();

        var read = Assert.Single(await Read(Open(), new DeadLetterQuery(DeadLetterFilter.All, Ids: null, After: 0, Limit: 10, WithPayload: true)));

        Assert.Equal((added.Id, added.Reason, added.SizeBytes), (read.Id, read.Reason, read.SizeBytes));
        Assert.Equal(added.Payload, read.Payload);
    }

    [Fact]
    public async Task The_same_id_again_is_one_row_with_the_newer_reason()
    {
        var table = Open();
        await table.AddAsync(Row("one"), default);
        await table.AddAsync(Row("one") with { Reason = Row("one").Reason with { Attempts = 9 } }, default);

        Assert.Equal(9, Assert.Single(await Read(table)).Reason.Attempts);
    }

    [Fact]
    public async Task Providers_in_one_file_do_not_see_each_other()
    {
        var table = Open();
        await table.AddAsync(Row("one"), default);
        await table.AddAsync(Row("one") with { Reason = Row("one").Reason with { Provider = "other" } }, default);

        Assert.Single(await Read(table));
        Assert.True(await table.RemoveAsync("Memory", "one", default));
        Assert.False(await table.RemoveAsync("Memory", "one", default));
        Assert.Empty(await Read(table));
        Assert.Equal((0, 1), (await table.CountAsync("Memory", "queue-1", default), await table.CountAsync("other", "queue-1", default)));
    }

    [Fact]
    public async Task Rows_are_read_by_the_page_in_the_order_in_which_they_came()
    {
        var table = Open();
        for (var i = 0; i < 5; i++)
            await table.AddAsync(Row($"{i}"), default);

        var first = await Read(table, new DeadLetterQuery(DeadLetterFilter.All, Ids: null, After: 0, Limit: 2, WithPayload: false));
        await table.RemoveAsync("Memory", "1", default);
        var second = await Read(table, new DeadLetterQuery(DeadLetterFilter.All, Ids: null, first[^1].Position, Limit: 10, WithPayload: false));

        Assert.Equal(["0", "1"], first.Select(static row => row.Id));
        Assert.Equal(["2", "3", "4"], second.Select(static row => row.Id));
        Assert.All(first, static row => Assert.Null(row.Payload));
    }

    /// <summary>What the table selects is what the filter says, each for itself.</summary>
    [Fact]
    public async Task Filters_choose_the_same_rows_as_the_filter_itself()
    {
        var table = Open();
        var rows = new List<DeadLetterRow>();
        foreach (var (space, key, type, exception, minutes) in new[]
        {
            ("pets", "1", "pet", "System.InvalidOperationException", 0), ("pets", "2", "pet", "InvalidOperationException", 1), ("visits", "1", "visit", "My.InvalidOperationException", 2),
            ("visits", "2", "reminder", "System.TimeoutException", 3), ((string?)null, "1", "visit", "System.TimeoutException", 4),
        })
        {
            var row = Row($"{rows.Count}");
            row = row with { Reason = row.Reason with { Stream = StreamId.Create(space!, key), Consumer = GrainId.Create(type, key), ExceptionType = exception, FailedAt = Noon.AddMinutes(minutes) } };
            rows.Add(row);
            await table.AddAsync(row, default);
        }

        foreach (var filter in (DeadLetterFilter[])
        [
            new(), new() { StreamNamespace = "pets" }, new() { StreamNamespace = "PETS" }, new() { StreamKey = "1" }, new() { GrainType = "visit" }, new() { ExceptionType = "InvalidOperationException" },
            new() { ExceptionType = "System.TimeoutException" }, new() { ExceptionType = "Exception" }, new() { ExceptionType = "%" }, new() { FailedBefore = Noon.AddMinutes(2) }, new() { FailedSince = Noon.AddMinutes(2) },
            new() { StreamNamespace = "visits", StreamKey = "1", FailedSince = Noon }, new() { StreamNamespace = "' OR 1=1 --" },
        ])
            Assert.Equal(rows.Where(row => filter.Matches(row.Reason)).Select(static row => row.Id), (await Read(table, new DeadLetterQuery(filter, Ids: null, After: 0, Limit: 100, WithPayload: false))).Select(static row => row.Id));

        Assert.Equal(["3"], (await Read(table, new DeadLetterQuery(new() { ExceptionType = "TimeoutException" }, ["1", "3", "no such"], After: 0, Limit: 100, WithPayload: false))).Select(static row => row.Id));
    }

    [Fact]
    public async Task At_the_most_letters_the_oldest_go()
    {
        var table = Open(static options => options.MaxLetters = 2);

        Assert.Equal(0, await table.AddAsync(Row("one"), default));
        Assert.Equal(0, await table.AddAsync(Row("two"), default));
        Assert.Equal(1, await table.AddAsync(Row("three"), default));

        Assert.Equal(["two", "three"], (await Read(table)).Select(static row => row.Id));
    }

    [Fact]
    public async Task At_the_most_bytes_the_oldest_go_and_the_one_that_came_stays()
    {
        var table = Open(static options => options.MaxBytes = 10);
        await table.AddAsync(Row("one") with { SizeBytes = 4 }, default);
        await table.AddAsync(Row("two") with { SizeBytes = 6 }, default);

        Assert.Equal(1, await table.AddAsync(Row("three") with { SizeBytes = 3 }, default));
        Assert.Equal(2, await table.AddAsync(Row("huge") with { SizeBytes = 11 }, default));

        Assert.Equal(["huge"], (await Read(table)).Select(static row => row.Id));
    }

    [Fact]
    public async Task What_is_too_old_goes_when_the_next_one_comes()
    {
        var table = Open(static options => options.MaxAge = TimeSpan.FromHours(1));
        await table.AddAsync(Row("one"), default);
        _time.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(1, await table.AddAsync(Row("two") with { Reason = Row("two").Reason with { FailedAt = _time.GetUtcNow() } }, default));

        Assert.Equal(["two"], (await Read(table)).Select(static row => row.Id));
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_tried_again()
    {
        var path = Path.Combine(_folder.FullName, "letters.db");
        Directory.CreateDirectory(path);
        var table = Open();
        await Assert.ThrowsAsync<SqliteException>(() => table.AddAsync(Row("one"), default));
        Directory.Delete(path);

        await table.AddAsync(Row("one"), default);

        Assert.Single(await Read(table));
    }

    private static DeadLetterRow Row(string id) => new(
        id,
        new DeadLetterReason
        {
            Provider = "Memory",
            Queue = "queue-1",
            Stream = StreamId.Create("visits", "Zoë/1"),
            Subscription = Subscription,
            Consumer = GrainId.Create("visit", "Zoë/1"),
            Attempts = 5,
            FirstFailedAt = Noon.AddSeconds(-1.5),
            FailedAt = Noon,
            ExceptionType = "System.InvalidOperationException",
            ExceptionMessage = "never",
        },
        SizeBytes: 3,
        Payload: [1, 2, 3, 4]);

    private static Task<IReadOnlyList<DeadLetterRow>> Read(SqliteDeadLetterTable table, DeadLetterQuery? query = null) =>
        table.ReadAsync("Memory", query ?? new DeadLetterQuery(DeadLetterFilter.All, Ids: null, After: 0, Limit: 100, WithPayload: false), default);

    private SqliteDeadLetterTable Open(Action<SqliteDeadLetterOptions>? configure = null)
    {
        var options = new SqliteDeadLetterOptions { Path = Path.Combine(_folder.FullName, "letters.db") };
        configure?.Invoke(options);
        var table = new SqliteDeadLetterTable(options, _time);
        _opened.Add(table);
        return table;
    }
}
