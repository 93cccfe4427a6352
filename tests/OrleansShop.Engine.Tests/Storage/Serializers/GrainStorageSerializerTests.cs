using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using Xunit;

namespace OrleansShop.Engine.Tests.Storage.Serializers;

public sealed class GrainStorageSerializerTests
{
    [Fact]
    public async Task What_the_old_serializer_wrote_is_read_and_what_is_written_is_new()
    {
        await using var silo = await TestSilo.StartAsync();
        var old = new SystemTextJsonGrainStorageSerializer(Options.Create(new SystemTextJsonGrainStorageSerializerOptions()));
        var @new = new OrleansGrainStorageSerializer(silo.Services.GetRequiredService<Serializer>());
        var both = new GrainStorageSerializer(@new, old);

        Assert.Equal("old", both.Deserialize<NoteState>(old.Serialize(new NoteState { Text = "old" }))!.Text);
        Assert.Equal("new", @new.Deserialize<NoteState>(both.Serialize(new NoteState { Text = "new" }))!.Text);
        var failure = Assert.Throws<AggregateException>(() => both.Deserialize<NoteState>(BinaryData.FromString("neither")));
        Assert.Equal(2, failure.InnerExceptions.Count);
    }
}
