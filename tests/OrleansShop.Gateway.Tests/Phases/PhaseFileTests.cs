using System.Collections.Immutable;
using OrleansShop.Gateway.Phases;
using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Gateway.Tests.Phases;

public sealed class PhaseFileTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"phases-{Guid.NewGuid():N}");

    private string FilePath => Path.Combine(_folder, PhaseFile.Name);

    [Fact]
    public void What_was_written_is_read_again()
    {
        var document = PhaseDocument.Empty with
        {
            Capabilities = ImmutableSortedDictionary<string, PhaseRecord>.Empty.Add("owners", new PhaseRecord(CapabilityPhase.Grains, DateTimeOffset.UnixEpoch)),
            Intent = Record(8),
            History = [Record(7)],
            LastSwitchId = 8,
        };
        using (var file = PhaseFile.Open(_folder))
        {
            file.Write(document);
        }

        using var again = PhaseFile.Open(_folder);
        var read = again.Read();
        Assert.Equal(document.Capabilities, read.Capabilities);
        Assert.Equal(document.Intent, read.Intent);
        Assert.Equal(document.History, read.History);
        Assert.Equal(8, read.LastSwitchId);
    }

    [Fact]
    public void A_missing_file_is_an_empty_document()
    {
        using var file = PhaseFile.Open(_folder);
        Assert.Same(PhaseDocument.Empty, file.Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"format":1}""")]
    [InlineData("""{"format":2,"capabilities":{},"intent":null,"history":[],"lastSwitchId":0}""")]
    [InlineData("""{"format":1,"capabilities":{"owners":{"phase":"Elsewhere","since":"2026-01-01T00:00:00Z"}},"intent":null,"history":[],"lastSwitchId":0}""")]
    [InlineData("""{"format":1,"capabilities":null,"intent":null,"history":[],"lastSwitchId":0}""")]
    public void A_corrupt_file_is_refused_with_its_path_and_what_to_do(string content)
    {
        using var file = PhaseFile.Open(_folder);
        File.WriteAllText(FilePath, content);
        var refusal = Assert.Throws<PhaseFileException>(() => file.Read());
        Assert.Contains(FilePath, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Restore it from a backup", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_being_written_when_the_process_died_is_ignored()
    {
        using var file = PhaseFile.Open(_folder);
        file.Write(PhaseDocument.Empty with { LastSwitchId = 3 });
        File.WriteAllText(FilePath + ".next", """{"format":1,"capa""");
        Assert.Equal(3, file.Read().LastSwitchId);
    }

    [Fact]
    public void A_second_gateway_is_kept_out_of_the_folder()
    {
        using var file = PhaseFile.Open(_folder);
        Assert.Contains("a folder of its own", Assert.Throws<PhaseFileException>(() => PhaseFile.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_history_keeps_the_newest()
    {
        var document = PhaseDocument.Empty;
        for (var id = 1; id <= PhaseDocument.MaxHistory + 5; id++)
        {
            document = document.WithEnded(Record(id));
        }

        Assert.Equal(PhaseDocument.MaxHistory, document.History.Length);
        Assert.Equal(6, document.History[0].Id);
        Assert.Equal(PhaseDocument.MaxHistory + 5, document.History[^1].Id);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static SwitchRecord Record(long id) => new(
        id, "owners", CapabilityPhase.Monolith, CapabilityPhase.Grains, "Jürgen", "127.0.0.1", DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch.AddSeconds(1), SwitchOutcome.Succeeded, SwitchStep.Commit, "detail");
}
