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
            Capabilities = ImmutableSortedDictionary<string, PhaseRecord>.Empty.Add("owners", new PhaseRecord(CapabilityPhase.Canary, DateTimeOffset.UnixEpoch, Percent: 25, Epoch: 8)),
        };
        using (var file = PhaseFile.Open(_folder))
        {
            file.Write(document);
        }

        using var again = PhaseFile.Open(_folder);
        var read = again.Read();
        Assert.Equal(document.Capabilities, read.Capabilities);
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
    [InlineData("""{"format":2,"capabilities":{}}""")]
    [InlineData("""{"format":1,"capabilities":{"owners":{"phase":"Elsewhere","since":"2026-01-01T00:00:00Z"}}}""")]
    [InlineData("""{"format":1,"capabilities":null}""")]
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
        file.Write(PhaseDocument.Empty.WithAll(["owners"], DateTimeOffset.UnixEpoch));
        File.WriteAllText(FilePath + ".next", """{"format":1,"capa""");
        Assert.Equal(["owners"], file.Read().Capabilities.Keys);
    }

    [Fact]
    public void A_second_gateway_is_kept_out_of_the_folder()
    {
        using var file = PhaseFile.Open(_folder);
        Assert.Contains("a folder of its own", Assert.Throws<PhaseFileException>(() => PhaseFile.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capability_that_was_never_seen_is_in_the_monolith_and_others_stay_as_they_are()
    {
        var grains = new PhaseRecord(CapabilityPhase.Grains, DateTimeOffset.UnixEpoch, Epoch: 3);
        var document = PhaseDocument.Empty with { Capabilities = PhaseDocument.Empty.Capabilities.Add("owners", grains) };

        var all = document.WithAll(["owners", "pets"], DateTimeOffset.UnixEpoch);

        Assert.Equal(grains, all.Capabilities["owners"]);
        Assert.Equal(new PhaseRecord(CapabilityPhase.Monolith, DateTimeOffset.UnixEpoch), all.Capabilities["pets"]);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
